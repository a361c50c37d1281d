import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /admin/kind-releases/:own. For the security administrator: lets a kind go that the
/// officer made, and writes it into the district's folder of catalogue.
/// POST /admin/kind-releases/:own/return. Sends it back with a reason.
///
/// Who may read and write what is decided by two: whoever makes a kind does not put it in force.
struct ReleaseOwnKind: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await context.mending(form, at: "overwrite") {
            let reading = try await app.database.read { [app] db in
                try app.reading(try app.ownKind(context, db), db)
            }
            let kept = reading.kept
            let file = reading.found?.state
            if file == .changed, form.all("overwrite").isEmpty {
                throw Refusal.conflict(
                    zh: "文件已在服务器上手工修改。确定要用网页上的内容替换，请勾选“替换”。",
                    en: "The file was changed by hand on the server. Tick “write over” to put what "
                        + "the page says in its place.")
            }
            let number = (reading.versions.first?.number ?? 0) + 1
            let isNew = kept.state == .waiting
            let draft = OwnKindText(kept.id, kept.own, version: (number, app.today))
            do {
                _ = try app.ownKindFolder.check(
                    isNew ? draft : reading.versions.first?.text ?? draft)
            } catch let broken as BrokenCatalogue {
                throw broken.refusal
            }
            let done = try await app.accounts.once(form, context, needs: .right(.grants)) {
                [app] acting, db in
                let isOff = file == .changed || file == .missing
                let text = try app.release(form, number, isOff: isOff, acting, context, db)
                return (text, Address.kindRelease(kept.id).with("done", "kind_released"))
            }
            if let text = done.made { try write(text) }
            return app.site.redirect(to: done.address)
        } again: { state in
            try await page(context, state)
        }
    }

    private func write(_ text: OwnKindText) throws {
        do {
            try app.ownKindFolder.write(text)
        } catch {
            throw Refusal.conflict(
                zh: "已经审核通过，但文件没有写成（磁盘已满或没有权限）。排除后，在本页再写一次。",
                en:
                    "It is released, and its file could not be written: the disk is full or shut. "
                    + "Mend that and write it again on this page.")
        }
    }

    @Sendable func sendBack(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.grants)) { [app] acting, db in
            let kept = try app.ownKind(context, db)
            var reader = FormReader(form)
            let reason = reader.lines("reason", atLeast: 2)
            try reader.check()
            try app.requireCurrent(form, kept)
            guard kept.state == .waiting else { throw Services.notWaiting }
            try app.keep(
                kept.own, over: kept, note: reason, action: "kind.sent_back", by: acting, db)
            return Address.kindReleases.with("done", "kind_sent_back")
        } again: { state in
            try await page(context, state)
        }
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let reading = try await app.database.read { [app] db in
            try app.reading(try app.ownKind(context, db), db)
        }
        let kept = reading.kept
        let words = app.site.words(context)
        let parts = OwnKindSections(
            reading: reading, catalogue: app.district.catalogue, words: words, today: app.today)
        var about = parts.about()
        if kept.state == .waiting {
            let changes = OwnKindChanges(from: reading.versions.first?.own, to: kept.own, words)
            about.add(words["own_changes"], changes.lines.joined(separator: words["own_semicolon"]))
        }
        var page = DeskPage(kept.own.name[words.language], lead: words["kind_release_lead"])
        page.sections =
            [about, parts.fields(nil), parts.figure()]
            + decisions(reading, state, context, words)
            + [parts.history()].compactMap { $0 }
        return app.site.show(
            page, context, trail: [Link(words["kind_releases_title"], .kindReleases)],
            status: state.status)
    }

    /// What can be done: let it go, send it back, or write its file again.
    private func decisions(
        _ reading: OwnKindReading, _ state: FormState, _ context: AppContext, _ words: Words
    ) -> [DeskSection] {
        let kept = reading.kept
        let isWaiting = kept.state == .waiting
        let file = reading.found?.state
        guard isWaiting || file == .changed || file == .missing else { return [] }
        let revision = HiddenField("revision", String(kept.revision))
        var release = DeskSection(words[isWaiting ? "kind_release" : "kind_rewrite"])
        var parts: [FormPart] = []
        if file == .changed {
            parts.append(
                .tick(
                    "overwrite", words["kind_overwrite"], words["kind_overwrite_box"],
                    isTicked: false))
        }
        let isBack = state.form.map { !$0.all("reason").isEmpty } ?? false
        let shown = isBack ? FormState(context) : state
        release.sheet = FormSheet(
            context.formHead(.kindRelease(kept.id), keeping: shown.form), shown, parts,
            note: words["kind_release_note"],
            submit: words[isWaiting ? "kind_release_go" : "kind_rewrite_go"])
        release.sheet?.hidden = [revision]
        guard isWaiting else { return [release] }
        var back = DeskSection(words["kind_return"])
        let backState = isBack ? state : FormState(context)
        back.sheet = FormSheet(
            context.formHead(.kindReturn(kept.id), keeping: backState.form), backState,
            [backState.lines("reason", words["kind_return_reason"], isRequired: true)],
            submit: words["kind_return_go"])
        back.sheet?.hidden = [revision]
        return [release, back]
    }
}

extension Services {
    static let notWaiting = Refusal.conflict(
        zh: "这个事项现在不等待审核。", en: "This kind does not wait to be let go.")

    /// Lets a kind go that waits, or has the file of one that was let go written again.
    ///
    /// - Parameters:
    ///   - number: the version that was checked.
    ///   - isOff: whether its file says something else than the newest version.
    fileprivate func release(
        _ form: Form, _ number: Int, isOff: Bool, _ acting: ActingAccount, _ context: AppContext,
        _ db: Connection
    ) throws -> OwnKindText {
        let kept = try ownKind(context, db)
        try requireCurrent(form, kept)
        let store = OwnKindStore(db: db)
        let newest = try store.versions(of: kept.id).first
        guard kept.state == .waiting else {
            guard let newest, isOff else {
                throw Self.notWaiting
            }
            try audit(db).record(
                "kind.written", kept.id, by: acting.actor, at: acting.moment, quietly: true)
            return newest.text
        }
        guard kept.changedBy != acting.account.text, (newest?.number ?? 0) + 1 == number else {
            throw Self.notWaiting
        }
        // Records may have come since it was sent.
        if let fault = try check(kept, kept.own, db).found.first?.fault {
            throw Refusal.conflict(fault.words)
        }
        let text = OwnKindText(kept.id, kept.own, version: (number, acting.today))
        let id = try store.insertVersion(
            text, number, of: kept, at: acting.moment, by: acting.actor)
        guard
            try store.change(
                kept, to: kept.own, .released, at: acting.moment, by: acting.actor)
        else { throw Self.notWaiting }
        try audit(db).record(
            "kind.released", id, by: acting.actor, at: acting.moment, quietly: true)
        return text
    }
}
