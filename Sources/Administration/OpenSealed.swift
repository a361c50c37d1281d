import Accounts
import Catalogue
import Core
import Foundation
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /sealed. For who stands on a list of names: the kinds he may open records of.
/// GET and POST /sealed/:kind. Opens one record of such a kind in his units, for a reason that is
/// kept, and shows it in that one answer.
struct OpenSealed: Sendable {
    let desk: Desk

    /// The fewest characters of a reason.
    static let reasonCharacters = 10

    @Sendable func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        var page = DeskPage(words["sealed_title"], lead: words["sealed_lead"])
        var section = DeskSection(nil)
        var table = DeskTable(page.title, [words["sealed_kind"]], empty: words["sealed_none"])
        for kind in desk.district.catalogue.sealedKinds
        where context.reader.access.sealedKinds.contains(kind.id) {
            table.add([.text(kind.name[words.language], to: .sealed(kind.id))])
        }
        section.table = table
        page.sections = [section]
        return desk.site.show(page, context)
    }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let kind = try kind(context, context.reader.access)
        return try await page(kind, context, Filled(context.language), nil)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let kind = try kind(context, context.reader.access)
        let (draft, unread) = OpenSealed.read(form)
        var faults = unread
        if let draft {
            do {
                return try await open(kind, draft, form, context)
            } catch {
                faults = try desk.faults(error, at: "number")
                try await noteRefusal(kind, context)
            }
        }
        return try await page(kind, context, Filled(context.language, form, faults), nil)
    }

    /// Enters in the audit that somebody asked for a record that is not there for him.
    private func noteRefusal(_ kind: Kind, _ context: AppContext) async throws {
        let (moment, actor) = (desk.district.now(), context.actor)
        try await desk.database.write { [desk] db in
            try desk.audit(db).record(
                "sealed.refused", kind.id, by: actor, at: moment, quietly: true)
        }
    }

    private struct Draft: Sendable {
        let number: String
        let reason: String
    }

    private static func read(_ form: Form) -> (Draft?, [Fault]) {
        var reader = FormReader(form)
        let number = reader.line("number")
        let reason = reader.lines("reason", atLeast: reasonCharacters)
        guard let number, let reason else { return (nil, reader.faults) }
        return (Draft(number: number, reason: reason), [])
    }

    private func kind(_ context: AppContext, _ access: Access) throws(Refusal) -> Kind {
        guard let kind = desk.district.catalogue.kinds[try context.word("kind")],
            kind.visibility == .sealed, access.sealedKinds.contains(kind.id)
        else { throw .notFound }
        return kind
    }

    private func open(
        _ kind: Kind, _ draft: Draft, _ form: Form, _ context: AppContext
    ) async throws -> Response {
        let me = try desk.me(context)
        let done = try await desk.once(
            form, context, may: { $0.sealedKinds.contains(kind.id) }
        ) { [desk] db, access, moment in
            let records = RecordStore(db: db)
            let id = try Record.ID(draft.number) ?? records.find(kind: kind.id, ref: draft.number)
            let scope = try desk.scope(of: kind, access, on: moment.day, db)
            // A record of another unit or kind is not told from one that is not there.
            guard let id, let record = try records.find(id, in: scope), record.kind == kind.id
            else {
                throw Refusal.invalid(
                    "number", zh: "您的单位没有这条记录。", en: "Your units have no such record.")
            }
            let seen = try desk.audit(db).record(
                "sealed.viewed", id.text, by: context.actor, at: moment, quietly: true)
            try SealedViews(db: db).insert(id, me, draft.reason, at: seen)
            let persons = try records.persons(of: id)
            let sheet = SealedSheet(
                record: record, persons: persons,
                names: try PersonStore(db: db).names(persons.map(\.person)),
                subjects: try records.subjects(of: id),
                privates: try records.privates(of: id, desk.district.sealedKey),
                counts: try records.counts(id), end: try records.end(of: id))
            return (sheet, .sealed(kind.id))
        }
        guard let sheet = done.made else { return desk.site.redirect(to: done.address) }
        return try await page(kind, context, Filled(context.language), sheet)
    }

    private func page(
        _ kind: Kind, _ context: AppContext, _ filled: Filled, _ sheet: SealedSheet?
    ) async throws -> Response {
        let access = context.reader.access
        let (views, names, structure) = try await desk.database.read { [desk] db in
            let views = try SealedViews(db: db).list(
                kind.id, in: desk.scope(of: kind, access, on: desk.today, db))
            return (
                views, try AccountStore(db).names(views.map(\.account)),
                try desk.district.structure(db)
            )
        }
        let words = desk.site.words(context)
        var page = DeskPage(kind.name[words.language], lead: words["sealed_kind_lead"])
        if let sheet { page.sections.append(sheet.section(kind, structure, words)) }
        page.sections += [ask(kind, filled, context, words), OpenSealed.looks(views, names, words)]
        return desk.site.show(
            page, context, trail: [Link(words["sealed_title"], .sealed)],
            status: filled.summary == nil ? .ok : .unprocessableContent)
    }

    private func ask(
        _ kind: Kind, _ filled: Filled, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["sealed_open"])
        section.sheet = FormSheet(
            context.formHead(.sealed(kind.id), keeping: filled.form), filled,
            [
                filled.line(
                    "number", words["sealed_number"], isRequired: true,
                    help: words["sealed_number_help"]),
                filled.lines(
                    "reason", words["sealed_reason"],
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

extension Desk {
    /// The records of one sealed kind in the units of somebody who stands on its list.
    func scope(
        of kind: Kind, _ access: Access, on day: Day, _ db: Connection
    ) throws -> Scope {
        let units = try district.structure(db)
            .heads(access.units(.read).union(access.units(.write)), on: day)
        return Scope.kinds([]).adding(
            access.sealedKinds.contains(kind.id) ? [kind.id] : [], below: units.map(\.text),
            on: day)
    }
}
