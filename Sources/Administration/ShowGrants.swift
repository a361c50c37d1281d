import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /admin/grants/:account. For the security administrator: what an account may do, by grant
/// and by post, and everything that was ever given.
struct ShowGrants: Sendable {
    let desk: Desk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let today = desk.today
        return try await page(
            context, Filled(context.language, offering: ["from": today.description]))
    }

    /// What is known in one snapshot.
    private struct Known: Sendable {
        let account: Account
        let grants: [Grant]
        let posts: [Post]
        let names: [String: String]
        let structure: Structure
    }

    /// A role that a post names, with the days of its record.
    private struct Post: Sendable {
        let role: String
        /// Why it brings nothing, as a word of the pages; nil where it does.
        let lack: String?
        let unit: OrgUnit.ID
        let record: Record
        let until: Day?
    }

    func page(_ context: AppContext, _ filled: Filled) async throws -> Response {
        let today = desk.today
        let known = try await desk.database.read { [desk] db in
            let account = try desk.account(context, db)
            let grants = try GrantStore(db).history(of: account.id)
            let by = grants.map(\.grantedBy) + grants.compactMap(\.endedBy)
            return Known(
                account: account, grants: grants,
                posts: try ShowGrants.posts(of: account, on: today, desk.district, db),
                names: try AccountStore(db).names(by), structure: try desk.district.structure(db))
        }
        let words = desk.site.words(context)
        var page = DeskPage(known.account.name, lead: words.office(known.account.office))
        if known.account.office == nil {
            page.sections = [
                held(known, context, words, today), posts(known, words, today),
                giving(known, filled, context, words, today), past(known, words, today),
            ]
            if known.account.oneTimeSecret != nil {
                page.sections.append(codes(known, context, words))
            }
        } else {
            page.sections = [
                DeskSection(nil, note: words["grants_officer"]), past(known, words, today),
            ]
        }
        return desk.site.show(
            page, context, trail: [Link(words["grants_title"], .grants)],
            status: filled.summary == nil ? .ok : .unprocessableContent)
    }

    private static func posts(
        of account: Account, on today: Day, _ district: District, _ db: Connection
    ) throws -> [Post] {
        guard account.office == nil, let person = account.person else { return [] }
        let store = RecordStore(db: db)
        return try district.posts(of: person, on: today, db).flatMap { held -> [Post] in
            guard let record = try store.find(held.record, in: .everything) else { return [] }
            let until = [record.untilOn, try store.end(of: record.id)].compactMap { $0 }.min()
            let lacking = held.isWarranted ? nil : "grants_post_unwarranted"
            let roles =
                held.roles.map { ($0, lacking) }
                + held.misplaced.map { ($0, "grants_post_misplaced") }
            return roles.map { role, lack in
                Post(role: role.id, lack: lack, unit: held.unit, record: record, until: until)
            }
        }
    }

    private func role(_ id: String, _ words: Words) -> String {
        desk.district.catalogue.roles[id]?.name[words.language] ?? id
    }

    private func held(
        _ known: Known, _ context: AppContext, _ words: Words, _ today: Day
    ) -> DeskSection {
        var section = DeskSection(words["grants_held"])
        var table = DeskTable(
            words["grants_held"],
            [
                words["grant_role"], words["grant_unit"], words["grant_days"],
                words["grant_end"],
            ], empty: words["grants_none"])
        for grant in known.grants where grant.isOpen(on: today) {
            table.add([
                .text(role(grant.role, words)),
                .text(unitName(grant.unit, known.structure, today)),
                .day(words.days(grant.from, grant.until)),
                .button(
                    FormButton(
                        words["grant_end"],
                        context.formHead(.endGrant(grant.id, of: known.account.id)))),
            ])
        }
        section.table = table
        section.add(Link(words["grants_pass"], .pass(known.account.id)))
        return section
    }

    private func posts(_ known: Known, _ words: Words, _ today: Day) -> DeskSection {
        var section = DeskSection(words["grants_by_post"], note: words["grants_by_post_note"])
        var table = DeskTable(
            words["grants_by_post"],
            [words["grant_role"], words["grant_unit"], words["grant_days"]],
            empty: words["grants_by_post_none"])
        for post in known.posts {
            let isPublic = desk.district.catalogue.publicKinds.contains(post.record.kind)
            let name = role(post.role, words)
            table.add([
                .text(
                    post.lack.map { words[$0, ["role": name]] } ?? name,
                    to: isPublic ? Address("records", post.record.id.text) : nil),
                .text(unitName(post.unit, known.structure, today)),
                .day(words.days(post.record.happenedOn, post.until)),
            ])
        }
        section.table = table
        return section
    }

    private func giving(
        _ known: Known, _ filled: Filled, _ context: AppContext, _ words: Words, _ today: Day
    ) -> DeskSection {
        let forms = desk.district.catalogue.forms
        let roles = desk.district.catalogue.roles.values.sorted { ($0.line) < ($1.line) }
        var section = DeskSection(words["grant_give"])
        section.sheet = FormSheet(
            context.formHead(.grants(known.account.id), keeping: filled.form), filled,
            [
                filled.choice(
                    "role", words["grant_role"],
                    options: [("", words["grant_choose"])]
                        + roles.map { role in
                            let places = role.forms.compactMap { forms[$0]?.name[words.language] }
                                .joined(separator: words["desk_comma"])
                            let label = role.name[words.language]
                            return (
                                role.id,
                                places.isEmpty
                                    ? label
                                    : words["grant_role_at", ["role": label, "forms": places]]
                            )
                        }, isRequired: true),
                filled.line(
                    "unit", words["grant_unit_code"], isRequired: true,
                    help: words["grant_unit_help"],
                    list: Self.units(known.structure, today)),
                filled.line("from", words["grant_from"], type: "date", isRequired: true),
                filled.line(
                    "until", words["grant_until"], type: "date", help: words["grant_until_help"]),
            ], submit: words["grant_go"])
        return section
    }

    /// The units that are offered: the uppermost, by form and code.
    private static func units(
        _ structure: Structure, _ today: Day
    ) -> [(value: String, label: String)] {
        structure.versions.keys.compactMap { structure.version($0, on: today) }
            .sorted { ($0.code.count, $0.code) < ($1.code.count, $1.code) }
            .prefix(Self.offeredUnits).map { ($0.code, $0.name) }
    }

    /// The most units offered beside the field; every other code can be typed.
    static let offeredUnits = 500

    private func codes(
        _ known: Known, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["account_codes"], note: words["codes_reset_note"])
        section.buttons = [
            FormButton(words["codes_reset"], context.formHead(.codes(known.account.id)))
        ]
        return section
    }

    private func past(_ known: Known, _ words: Words, _ today: Day) -> DeskSection {
        var section = DeskSection(words["desk_history"])
        var table = DeskTable(
            words["desk_history"],
            [
                words["grant_role"], words["grant_unit"], words["grant_days"],
                words["grant_given"], words["grant_ended"],
            ], empty: words["desk_history_none"])
        for grant in known.grants {
            table.add([
                .text(role(grant.role, words)),
                .text(unitName(grant.unit, known.structure, today)),
                .day(words.days(grant.from, grant.until)),
                .text(
                    words[
                        "desk_by",
                        [
                            "when": grant.grantedAt.text,
                            "who": known.names[grant.grantedBy] ?? grant.grantedBy,
                        ]]),
                .text(
                    grant.endedAt.map { moment in
                        words[
                            "desk_by",
                            [
                                "when": moment.text,
                                "who": grant.endedBy.map { known.names[$0] ?? $0 } ?? "",
                            ]]
                    } ?? ""),
            ])
        }
        section.table = table
        return section
    }
}

/// What a unit is called, with its code.
func unitName(_ unit: OrgUnit.ID, _ structure: Structure, _ day: Day) -> String {
    structure.nearestVersion(unit, on: day).map { "\($0.name) \($0.code)" } ?? "–"
}

extension Grant {
    /// Whether it holds on a day or will hold later.
    func isOpen(on day: Day) -> Bool {
        endedAt == nil && (until.map { day < $0 } ?? true)
    }
}
