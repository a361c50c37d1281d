import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /admin/persons?q=. For the system administrator: persons by number or whole name.
/// GET /admin/persons/:person. One person: posts in force and past, account, joins.
struct ShowPersons: Sendable {
    let app: Services

    @Sendable func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let sought = try Query(request).text("q")
        let (persons, structure, missed) = try await app.database.read { [app] db in
            (
                try sought.map { try PersonDirectory(db: db).search($0) } ?? [],
                try app.district.structure(db), try ProposedPersonStore.waitingCount(db)
            )
        }
        let words = app.site.words(context)
        var page = DeskPage(words["persons_title"], lead: words["persons_lead"])
        page.search = DeskSearch(
            action: Address.persons.text,
            inputs: [
                FormField(
                    "q", words["persons_search"], .line(type: "search", autocomplete: "off"),
                    value: sought ?? "")
            ])
        if sought != nil {
            var section = DeskSection(nil)
            var table = DeskTable(
                page.title,
                [words["person_number"], words["person_name"], words["grant_unit"]],
                empty: words["persons_none"])
            for person in persons {
                table.add([
                    .text(person.number ?? "–", to: .person(person.id)), .text(person.name),
                    .text(unitName(person.unit, structure, app.today)),
                ])
            }
            section.table = table
            page.sections = [section]
        }
        if missed > 0 {
            var section = DeskSection(words["proposals_title"])
            section.add(
                Link(words["proposals_wait", ["count": missed.grouped]], .proposals))
            page.sections.append(section)
        }
        return app.site.show(page, context)
    }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    /// What is known of a person in one snapshot.
    private struct Known: Sendable {
        let person: Person
        let posts: [PersonDirectory.Post]
        let joins: [PersonDirectory.Join]
        let accounts: [Account]
        let former: [FormerPerson]
        let persons: [Person.ID: String]
        let names: [String: String]
        let structure: Structure
    }

    func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let id = try context.id("person", of: Person.self)
        let known = try await app.database.read { [app] db in
            let look = PersonDirectory(db: db)
            guard let person = try look.find(id) else { throw Refusal.notFound }
            let joins = try look.joins(of: id)
            let former = try PersonChangeStore(db: db).history(of: id)
            return Known(
                person: person, posts: try look.posts(of: id, in: app.district),
                joins: joins, accounts: try AccountStore(db).accounts(of: id, beside: nil),
                former: former,
                persons: try PersonStore(db: db).names(joins.flatMap { [$0.from, $0.to] }),
                names: try AccountStore(db).names(
                    joins.compactMap(\.by) + former.map(\.changedBy)),
                structure: try app.district.structure(db))
        }
        let words = app.site.words(context)
        var page = DeskPage(known.person.name)
        page.sections = [
            facts(known, words), former(known.former, known.names, known.structure, words),
            posts(known, words), changing(known.person, state, context, words),
            joins(known, context, words), joining(known, state, context, words),
        ]
        return app.site.show(
            page, context, trail: [Link(words["persons_title"], .persons)],
            status: state.status)
    }

    private func facts(_ known: Known, _ words: Words) -> DeskSection {
        var section = DeskSection(nil)
        section.add(words["person_number"], known.person.number ?? "–")
        section.add(words["person_name"], known.person.name)
        section.add(
            words["grant_unit"], unitName(known.person.unit, known.structure, app.today))
        for account in known.accounts {
            section.add(words["account_sign_in"], account.signIn, to: .account(account.id))
        }
        return section
    }

    private func posts(_ known: Known, _ words: Words) -> DeskSection {
        let (today, language) = (app.today, words.language)
        var section = DeskSection(words["person_posts"])
        var table = DeskTable(
            words["person_posts"],
            [
                words["person_post"], words["grant_unit"], words["grant_days"],
                words["account_state"],
            ], empty: words["person_posts_none"])
        for post in known.posts {
            let kind = app.district.catalogue.kinds[post.record.kind]
            let said = (kind?.fields ?? []).compactMap { field in
                post.record.fields[field.id].map { value in
                    field.options.first { $0.id == value }?.name[language] ?? value
                }
            }
            let isHeld =
                post.record.happenedOn <= today && (post.last.map { today < $0 } ?? true)
            let isPublic = kind?.visibility == .public
            table.add([
                .text(
                    said.isEmpty
                        ? kind?.name[language] ?? post.record.kind
                        : said.joined(separator: words["desk_comma"]),
                    to: isPublic ? Address("records", post.record.id.text) : nil),
                .text(unitName(post.record.unit, known.structure, post.record.happenedOn)),
                .day(words.days(post.record.happenedOn, post.last)),
                .text(words[isHeld ? "person_post_held" : "person_post_not_held"]),
            ])
        }
        section.table = table
        return section
    }

    private func joins(
        _ known: Known, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["person_joins"])
        var table = DeskTable(
            words["person_joins"],
            [
                words["desk_what"], words["person_join_day"], words["desk_by_whom"],
                words["person_reason"], words["person_part"],
            ], empty: words["person_joins_none"])
        for join in known.joins {
            let pair = [
                "from": known.persons[join.from] ?? "–", "to": known.persons[join.to] ?? "–",
            ]
            let isStanding = join.undoes == nil && !join.isUndone
            table.add([
                .text(words[join.undoes == nil ? "person_joined" : "person_parted", pair]),
                .day(join.day.description),
                .text(
                    words[
                        "desk_by",
                        [
                            "when": join.at?.text ?? "",
                            "who": join.by.map { known.names[$0] ?? $0 } ?? "",
                        ]]),
                .text(join.reason ?? ""),
                isStanding
                    ? .button(
                        FormButton(
                            words["person_part"],
                            context.formHead(.part(join.id, of: known.person.id))))
                    : .text(""),
            ])
        }
        section.table = table
        return section
    }

    private func joining(
        _ known: Known, _ state: FormState, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["person_join"], note: words["person_join_note"])
        section.sheet = FormSheet(
            context.formHead(.person(known.person.id), keeping: state.form), state,
            [
                state.line("into", words["person_join_into"], isRequired: true),
                state.lines("reason", words["person_reason"], rows: 2, isRequired: true),
            ], submit: words["person_join_go"])
        return section
    }
}
