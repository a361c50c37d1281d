import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /my/cases. For anyone who is signed in: the cases about their person, what they can answer
/// now, and the notices that have not reached them by their own word.
struct ShowMyCases: Sendable {
    let app: Services

    /// The most cases that one page lists.
    static let limit = 50

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.database.read { [app] db in
            let acting = try app.accounts.acting(context, db)
            let rows = try app.district.casesAbout(acting, limit: Self.limit, db)
            let cards = try rows.map { row in
                let reading = CaseReading(
                    try app.district.folded(row.id, db), at: app.district.now())
                let sight = try CaseSight(
                    reading, .named, acting, app.district.catalogue, words, db)
                return try MyCasesPage.Card(
                    sight,
                    try CaseAct.all(.account(acting), in: sight.reading, app.district, db),
                    context)
            }
            return MyCasesPage(
                title: words["my_cases_title"], lead: words["my_cases_lead"],
                cards: Listed(cards), empty: cards.isEmpty ? words["my_cases_none"] : nil)
        }
        return app.site.show(page, context)
    }
}

/// The cases about one person.
struct MyCasesPage: Page {
    static let template = "cases/mine"

    let title: String
    let lead: String
    let cards: Listed<Card>?
    let empty: String?

    struct Card: Sendable {
        let cardTitle: String
        let cardHref: String
        let cardLead: String
        let stops: [StepLine.Stop]
        let turns: Listed<TurnLine>?
        let over: String?
        let answers: Listed<Answer>?
        let notices: Listed<Notice>?
    }

    /// What the person can do now.
    struct Answer: Sendable {
        let answerName: String
        let answerClock: String?
        let answerHref: String
    }

    /// Something that was decided and is to reach them.
    struct Notice: Sendable {
        let noticeName: String
        let received: String?
        let receiving: Receiving?
    }

    /// The form of a button.
    struct Receiving: Sendable {
        let head: FormHead
        let caseID: String
        let stepID: String
    }
}

extension MyCasesPage.Card {
    init(_ sight: CaseSight, _ acts: [CaseAct], _ context: AppContext) throws {
        let (says, words, reading) = (sight.says, sight.words, sight.reading)
        cardTitle = reading.procedure.name[words.language]
        cardHref = Address.case(reading.id).text
        cardLead =
            words[
                "my_cases_card",
                ["unit": sight.unit(reading.row.owner), "number": reading.row.number]]
        stops = StepLine(says).stops
        turns = Listed(
            reading.state.obligations.compactMap { owed in
                sight.kept(owed).map { says.turn(owed, of: sight.holder($0)) }
            })
        over = reading.state.end.map {
            words["case_over", ["end": says.end($0.end), "day": says.time($0.at)]]
        }
        answers = Listed(
            acts.filter(\.may).map { act in
                let owed = reading.state.obligations.first { $0.step == act.step.id }
                return MyCasesPage.Answer(
                    answerName: words["my_cases_answer", ["step": says.name(act.step.id)]],
                    answerClock: owed.flatMap(says.clock),
                    answerHref: Link(
                        "", Address.case(reading.id).with("step", act.step.id), at: "form"
                    ).href)
            })
        notices = Listed(
            reading.told.map { step in
                MyCasesPage.Notice(
                    noticeName: says.story(step, time: 1, by: nil, at: nil).what,
                    received: step.told.map {
                        words["my_cases_received_on", ["day": says.time($0)]]
                    },
                    receiving: step.told == nil
                        ? MyCasesPage.Receiving(
                            head: context.formHead(.received), caseID: reading.id.text,
                            stepID: step.step) : nil)
            })
    }
}

extension CaseReading {
    /// The steps that are delivered to whom the case is about, in their order.
    fileprivate var told: [CaseStep] {
        folded.steps.map(\.step).filter {
            procedure.step($0.step)?.tells == CaseRole.about
        }
    }
}

extension District {
    /// The cases about the person of an account, the open ones first.
    func casesAbout(
        _ acting: ActingAccount, limit: Int, _ db: Connection
    ) throws -> [CaseRow] {
        guard let person = try AccountStore(db).person(of: acting.account) else { return [] }
        var rows: [CaseRow] = []
        for entry in try PersonStore(db: db).entries(of: person) {
            for standing in CaseFilter.Standing.allCases {
                var filter = CaseFilter(in: .everything)
                filter.about = entry.text
                filter.standing = standing
                rows += try CaseStore(db).list(filter, limit: limit).map(\.row)
            }
        }
        return Array(
            rows.filter { catalogue.isSeen($0.kind, by: acting.access) }.prefix(limit))
    }
}

/// POST /my/cases/received. For whom a case is about: writes down that a decision reached them, so
/// that what runs from there begins.
struct ReceiveNotice: Sendable {
    let app: Services

    static let fields: [String: SentField] = ["case": .carried, "step": .carried]

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .signedIn) { [app] acting, db in
            guard let id = form.all("case").first.flatMap({ Record.ID($0) }),
                let step = form.all("step").first,
                let reading = try app.district.caseReading(
                    id, acting.access, as: acting.account, db),
                let person = try AccountStore(db).person(of: acting.account),
                try PersonStore(db: db).entries(of: person).map(\.text)
                    .contains(reading.row.about ?? ""),
                reading.told.contains(where: { $0.step == step && $0.told == nil })
            else { throw Refusal.notFound }
            try app.district.deliver(
                step, on: acting.today, in: id, by: .machine(acting.actor), db: db)
            return Address.myCases.with("done", "case_received")
        }
    }
}
