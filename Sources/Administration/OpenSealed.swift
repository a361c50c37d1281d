import Accounts
import Catalogue
import Core
import Foundation
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /sealed. For anyone who stands on a list of names: the kinds they may open records of.
/// GET and POST /sealed/:kind. Opens one record of such a kind in their units, for a reason that is
/// kept, and shows it in that one answer.
struct OpenSealed: Sendable {
    let app: Services

    /// The fewest characters of a reason.
    static let reasonCharacters = 10

    @Sendable func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        var page = DeskPage(words["sealed_title"], lead: words["sealed_lead"])
        var section = DeskSection(nil)
        var table = DeskTable(page.title, [words["sealed_kind"]], empty: words["sealed_none"])
        for kind in app.district.catalogue.sealedKinds
        where context.reader.access.sealedKinds.contains(kind.id) {
            table.add([.text(kind.name[words.language], to: .sealed(kind.id))])
        }
        section.table = table
        page.sections = [section]
        return app.site.show(page, context)
    }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let kind = try kind(context, context.reader.access)
        return try await page(kind, context, FormState(context), nil)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let kind = try kind(context, context.reader.access)
        return try await context.mending(form, at: "number") {
            let opening = try Opening(form)
            do {
                return try await open(kind, opening, form, context)
            } catch let refusal as Refusal where refusal != .notFound {
                try await noteRefusal(kind, context)
                throw refusal
            }
        } again: {
            try await page(kind, context, $0, nil)
        }
    }

    /// Enters in the audit that somebody asked for a record that is not there for them.
    private func noteRefusal(_ kind: Kind, _ context: AppContext) async throws {
        let (moment, actor) = (app.district.now(), context.actor)
        try await app.database.write { [app] db in
            try app.audit(db).record(
                "sealed.refused", kind.id, by: actor, at: moment, quietly: true)
        }
    }

    private struct Opening: Sendable {
        let number: String
        let reason: String

        init(_ form: Form) throws(Refusal) {
            var reader = FormReader(form)
            number = reader.line("number")
            reason = reader.lines("reason", atLeast: OpenSealed.reasonCharacters)
            try reader.check()
        }
    }

    private func kind(_ context: AppContext, _ access: Access) throws(Refusal) -> Kind {
        guard let kind = app.district.catalogue.kinds[try context.word("kind")],
            kind.visibility == .sealed, access.sealedKinds.contains(kind.id)
        else { throw .notFound }
        return kind
    }

    private func open(
        _ kind: Kind, _ opening: Opening, _ form: Form, _ context: AppContext
    ) async throws -> Response {
        let done = try await app.accounts.once(form, context, needs: .listed) {
            [app] acting, db in
            guard acting.access.sealedKinds.contains(kind.id) else { throw Refusal.notFound }
            let records = RecordStore(db: db)
            let id =
                try Record.ID(opening.number) ?? records.find(kind: kind.id, ref: opening.number)
            let scope = try app.scope(of: kind, acting.access, on: acting.today, db)
            // A record of another unit or kind is not told from one that is not there.
            guard let id, let record = try records.find(id, in: scope), record.kind == kind.id
            else {
                throw Refusal.invalid(
                    "number", zh: "您的单位没有这条记录。", en: "Your units have no such record.")
            }
            let seen = try app.audit(db).record(
                "sealed.viewed", id.text, by: acting.actor, at: acting.moment, quietly: true)
            try SealedViews(db: db).insert(id, acting.account, opening.reason, at: seen)
            let persons = try records.persons(of: id)
            let reasons = try records.history(id).compactMap {
                try records.reason(of: $0, kind, opens: true, app.district.sealedKey)?.text
            }
            let sheet = SealedSheet(
                record: record, persons: persons,
                names: try PersonStore(db: db).names(persons.map(\.person)),
                subjects: try records.subjects(of: id),
                privates: try records.privates(of: id, app.district.sealedKey),
                counts: try records.counts(id), end: try records.end(of: id),
                reasons: reasons)
            return (sheet, .sealed(kind.id))
        }
        guard let sheet = done.made else { return app.site.redirect(to: done.address) }
        return try await page(kind, context, FormState(context), sheet)
    }

    private func page(
        _ kind: Kind, _ context: AppContext, _ state: FormState, _ sheet: SealedSheet?
    ) async throws -> Response {
        let access = context.reader.access
        let (views, names, structure) = try await app.database.read { [app] db in
            let views = try SealedViews(db: db).list(
                kind.id, in: app.scope(of: kind, access, on: app.today, db))
            return (
                views, try AccountStore(db).names(views.map(\.account)),
                try app.district.structure(db)
            )
        }
        let words = app.site.words(context)
        var page = DeskPage(kind.name[words.language], lead: words["sealed_kind_lead"])
        if let sheet { page.sections.append(sheet.section(kind, structure, words)) }
        page.sections += [ask(kind, state, context, words), OpenSealed.looks(views, names, words)]
        return app.site.show(
            page, context, trail: [Link(words["sealed_title"], .sealed)],
            status: state.status)
    }

    private func ask(
        _ kind: Kind, _ state: FormState, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["sealed_open"])
        section.sheet = FormSheet(
            context.formHead(.sealed(kind.id), keeping: state.form), state,
            [
                state.line(
                    "number", words["sealed_number"], isRequired: true,
                    help: words["sealed_number_help"]),
                state.lines(
                    "reason", words["sealed_reason"], rows: 2, isRequired: true,
                    help: words[
                        "sealed_reason_help", ["fewest": String(Self.reasonCharacters)]]),
            ], submit: words["sealed_go"])
        return section
    }

    private static func looks(
        _ views: [SealedView], _ names: [String: String], _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["sealed_looks"])
        var table = DeskTable(
            words["sealed_looks"],
            [
                words["desk_when"], words["desk_who"], words["sealed_record"],
                words["sealed_reason"],
            ], empty: words["sealed_looks_none"])
        for view in views {
            table.add([
                .day(view.at.text), .text(names[view.account] ?? view.account),
                .text(view.ref ?? view.record.text), .text(view.reason),
            ])
        }
        section.table = table
        return section
    }
}

extension Services {
    /// The records of one sealed kind in the units of somebody who stands on its list.
    func scope(
        of kind: Kind, _ access: Access, on day: Day, _ db: Connection
    ) throws -> Scope {
        let units = try district.structure(db)
            .heads(access.units(.read).union(access.units(.write)), on: day)
        return Scope.kinds([]).adding(
            access.sealedKinds.contains(kind.id) ? [kind.id] : [], below: units,
            on: day)
    }
}
