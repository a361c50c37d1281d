import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET /volunteers/needs/:id. For everybody: what hands are needed for. Whoever is signed in signs
/// up; who organizes sees who comes, who could be asked and why, and confirms hours.
struct ShowNeed: Sendable {
    let desk: VolunteerDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let id = try context.id("id", of: VolunteerNeed.self)
        let page = try await desk.app.database.read { [desk] db in
            try NeedReading(desk, desk.find(id, db), context, words, db).page()
        }
        return desk.site.show(page, context, trail: desk.trail(words))
    }
}

/// One need as somebody may see it.
struct NeedPage: Page {
    static let template = "volunteers/need"

    let title: String
    let lead: String
    let facts: Listed<FactLine>?
    let ended: String?
    let mine: String?
    let join: NeedButton?
    let leave: NeedButton?
    let people: Listed<PersonLine>?
    let matchRule: String?
    let matches: Listed<MatchLine>?
    let endSheet: FormSheet?

    /// A form that is its button.
    struct NeedButton: Sendable {
        let head: FormHead
        let label: String
    }

    struct PersonLine: Sendable {
        let name: String
        let state: String
        let stateStyle: String
        let organizer: String
        let volunteer: String
        let hours: HoursForm?
    }

    /// The form in which hours are said, for the partial of people and of one's own service.
    struct HoursForm: Sendable {
        let head: FormHead
        let keyName: String
        let key: String
        let fieldID: String
        let label: String
        let minutes: String
        let go: String
    }

    struct MatchLine: Sendable {
        let name: String
        let reasons: String
        let head: FormHead
        let person: String
        let go: String
    }
}

/// Reads what the page of a need says, in one snapshot.
private struct NeedReading {
    let desk: VolunteerDesk
    let need: VolunteerNeed
    let context: AppContext
    let words: Words
    let db: Connection
    private let acting: ActingAccount?
    private let structure: Structure
    private let own: [Person.ID]

    init(
        _ desk: VolunteerDesk, _ need: VolunteerNeed, _ context: AppContext, _ words: Words,
        _ db: Connection
    ) throws {
        (self.desk, self.need, self.context, self.words, self.db) = (desk, need, context, words, db)
        acting = try desk.app.accounts.acting(context.reader, db)
        structure = try desk.district.structure(db)
        own = try desk.entries(of: context.reader.account, db)
    }

    private var today: Day { desk.app.today }
    private var isOpen: Bool { need.isOpen(on: today) }
    private var organizes: Bool { acting?.may(.write, in: need.unit) ?? false }

    func page() throws -> NeedPage {
        let taken = try SignUpStore(db).count(of: need.id, .taken)
        let mine = try own.isEmpty ? nil : SignUpStore(db).find(need.id, own)
        let state = mine.map(\.state) ?? .left
        let comes = state == .taken || state == .waiting
        let said = mine?.organizer != nil || mine?.volunteer != nil
        return NeedPage(
            title: need.title,
            lead: words[
                "volunteers_need_lead",
                ["unit": desk.unitName(need.unit, structure), "when": need.when]],
            facts: Listed([
                FactLine(words["field_need_place"], need.place),
                FactLine(
                    words["field_need_minutes"],
                    words["volunteers_minutes", ["count": "\(need.minutes)"]]),
                FactLine(
                    words["field_need_skill"], words["volunteer_skill_\(need.skill.rawValue)"]),
                FactLine(
                    words["field_need_hands"],
                    words[
                        "volunteers_taken",
                        ["taken": taken.grouped, "hands": need.hands.grouped]]),
            ]),
            ended: need.endedFor.map { words["volunteers_ended", ["reason": $0]] },
            mine: state == .left ? nil : words["volunteers_mine_\(state.rawValue)"],
            join: isOpen && !comes && acting != nil
                ? button("join", taken < need.hands ? "volunteers_join" : "volunteers_wait") : nil,
            leave: isOpen && comes && !said ? button("leave", "volunteers_leave") : nil,
            people: organizes ? try people() : nil,
            matchRule: organizes && isOpen ? words["volunteers_match_rule"] : nil,
            matches: organizes && isOpen ? try matches() : nil,
            endSheet: organizes && need.endedFor == nil ? endSheet() : nil)
    }

    private func button(_ part: String, _ word: String) -> NeedPage.NeedButton {
        NeedPage.NeedButton(
            head: context.formHead(.need(need.id, part)), label: words[word])
    }

    private func endSheet() -> FormSheet {
        let state = FormState(context)
        return FormSheet(
            context.formHead(.need(need.id, "end")), state,
            [state.lines("need_ended_for", words["field_need_ended_for"], isRequired: true)],
            submit: words["volunteers_end_go"])
    }

    /// Who comes, with what each side says of this one day. Nothing is added up.
    private func people() throws -> Listed<NeedPage.PersonLine>? {
        let signUps = try SignUpStore(db).list(of: need.id)
        let names = try PersonStore(db: db).names(signUps.map(\.person))
        return Listed(
            signUps.map { signUp in
                NeedPage.PersonLine(
                    name: names[signUp.person] ?? Person.withheld,
                    state: words[
                        signUp.isConfirmed
                            ? "volunteers_confirmed" : "volunteers_state_\(signUp.state.rawValue)"],
                    stateStyle: signUp.isConfirmed ? "tag-good" : "",
                    organizer: said(signUp.organizer), volunteer: said(signUp.volunteer),
                    hours: form(signUp))
            })
    }

    private func said(_ said: SignUp.Said?) -> String {
        said.map { words["volunteers_minutes", ["count": "\($0.minutes)"]] } ?? "–"
    }

    private func form(_ signUp: SignUp) -> NeedPage.HoursForm? {
        guard need.heldOn <= today, need.endedFor == nil, signUp.state == .taken,
            !own.contains(signUp.person)
        else { return nil }
        return NeedPage.HoursForm(
            head: context.formHead(.need(need.id, "hours")), keyName: "person",
            key: signUp.person.text, fieldID: "minutes-\(signUp.person)",
            label: words["field_service_minutes"],
            minutes: "\(signUp.organizer?.minutes ?? signUp.volunteer?.minutes ?? need.minutes)",
            go: words[signUp.organizer == nil ? "volunteers_say" : "volunteers_correct"])
    }

    private func matches() throws -> Listed<NeedPage.MatchLine>? {
        let found = try Match.all(for: need, structure, on: today, db)
        let names = try PersonStore(db: db).names(found.map(\.person))
        return Listed(
            found.map { match in
                NeedPage.MatchLine(
                    name: names[match.person] ?? Person.withheld,
                    reasons: match.reasons.map { words["volunteer_reason_\($0.rawValue)"] }
                        .joined(separator: words.comma),
                    head: context.formHead(.need(need.id, "invitation")),
                    person: match.person.text, go: words["volunteers_invite"])
            })
    }
}
