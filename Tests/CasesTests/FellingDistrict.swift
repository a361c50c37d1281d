import Accounts
import Cases
import Catalogue
import Core
import Foundation
import Ledger
import Organization
import Storage
import Synchronization
import TestKit

/// A district in which somebody who wants to fell a tree asks for it: a small procedure with a
/// choice, a way back, a pause, an effect, two ways to end and one to begin again.
enum FellingDistrict {
    static let catalogue = [
        "roles.yaml": """
        felling_clerk: {name: {zh: 受理员, en: Clerk}, may: [read, write], at: [community]}
        felling_officer: {name: {zh: 审批员, en: Officer}, may: [read, write], at: [street]}

        """,
        "kinds/felling.yaml": """
        felling:
          name: {zh: 伐树办件, en: Felling case}
          shape: standing
          visibility: internal
          serves: []
          at: [community]
          persons:
            asker: {label: {zh: 申请人, en: Asker}, required: true, register: lecturer_of_record}
        felling_request:
          name: {zh: 伐树申请, en: Request}
          visibility: internal
          serves: []
          at: [community]
          fields:
            tree: {type: text, label: {zh: 树木, en: Tree}, required: true}
          private:
            why: {label: {zh: 缘由, en: Why}, required: false, register: record_reason}
        felling_survey:
          name: {zh: 现场查看, en: Survey}
          visibility: internal
          serves: []
          at: [community]
          measures:
            girth: {label: {zh: 胸径, en: Girth}, unit: piece, required: true}
        felling_decision:
          name: {zh: 审批, en: Decision}
          visibility: internal
          serves: []
          at: [street]
          fields:
            outcome:
              type: choice
              label: {zh: 结果, en: Outcome}
              required: true
              options:
                allowed: {zh: 同意, en: Allowed}
                refused: {zh: 不同意, en: Refused}
                again: {zh: 重新查看, en: Look again}
        felling_report:
          name: {zh: 补植报告, en: Report}
          visibility: internal
          serves: []
          at: [community]
        felling_withdrawal:
          name: {zh: 撤回申请, en: Withdrawal}
          visibility: internal
          serves: []
          at: [community]
        felling_objection:
          name: {zh: 复议申请, en: Objection}
          visibility: internal
          serves: []
          at: [community]
        felling_permit:
          name: {zh: 采伐许可, en: Permit}
          shape: standing
          visibility: internal
          serves: []
          at: [community]
          single: [holder]
          persons:
            holder: {label: {zh: 持有人, en: Holder}, required: true, register: lecturer_of_record}
        trial_hand_on:
          name: {zh: 试转办, en: Handed on}
          visibility: internal
          serves: []
          case_act: hand_on
          reason: private
          place: {label: {zh: 转给, en: To}, required: true}
        trial_pause:
          name: {zh: 试中止, en: Paused}
          visibility: internal
          serves: []
          case_act: pause
          reason: private
        trial_resume:
          name: {zh: 试恢复, en: Resumed}
          visibility: internal
          serves: []
          case_act: resume
          reason: private
        trial_remind:
          name: {zh: 试催办, en: Reminder}
          visibility: internal
          serves: []
          case_act: remind
          reason: private
        trial_deliver:
          name: {zh: 试送达, en: Delivered}
          visibility: internal
          serves: []
          case_act: deliver
        trial_overturn:
          name: {zh: 试改正, en: Overturned}
          visibility: internal
          serves: []
          case_act: overturn
          reason: private

        """,
        "procedures/felling.yaml": """
        tree_felling:
          name: {zh: 伐树审批, en: Felling a tree}
          source: {zh: 试用, en: Trial}
          from: 2010-01-01
          case: {kind: felling, about: asker, single: true}
          stages:
            asked: {zh: 已申请, en: Asked}
            surveyed: {zh: 已查看, en: Surveyed}
            decided: {zh: 已审批, en: Decided}
          pauses:
            storm: {name: {zh: 恶劣天气, en: Storm}, most: 20 day}
          steps:
            ask:
              kind: felling_request
              stage: asked
              opens: true
              by: unit.felling_clerk
            survey:
              kind: felling_survey
              stage: surveyed
              after: ask
              by: unit.felling_clerk
              within: 5 day
            decide:
              kind: felling_decision
              stage: decided
              after: survey
              at: superior(unit)
              by: superior(unit).felling_officer
              not_by: [survey]
              not_before: {of: 1 day, from: survey}
              generally: [not_before]
              within: 10 day
              back: {again: survey}
              times: {again: 2}
              effect: [{if: allowed, starts: felling_permit, of: asker}]
            report:
              kind: felling_report
              after: decide.allowed
              by: unit.felling_clerk
              within: 1 month
            withdraw:
              kind: felling_withdrawal
              while: case
              by: unit.felling_clerk
            object:
              kind: felling_objection
              reopens: decide
              times: 1
              by: unit.felling_clerk
              back: survey
          ends: {report: felled, decide.refused: refused, withdraw: withdrawn}
          endings:
            felled: {zh: 已办结, en: Felled}
            refused: {zh: 不予批准, en: Refused}
            withdrawn: {zh: 已撤回, en: Withdrawn}
          escalates: {late: {after: 2 day, to: superior, again: 2 day, most: 3}}
          examples:
            - name: the whole way
              about: {asker: p1}
              steps:
                - {ask: 2015-03-02}
                - {survey: 2015-03-03}
                - {decide: 2015-03-05, outcome: allowed}
                - {report: 2015-03-10}
              expect:
                - {at: 2015-03-11, ended: felled}

        """,
    ]

    /// 7 July 2026, noon in the district, a Tuesday.
    static let noon = Moment(milliseconds: 1_783_396_800_000)

    /// Runs the body with the district on an engine, its clock in the hand of the test.
    static func with(
        _ engine: Engine, _ changes: [String: String] = [:],
        _ body: (Town) async throws -> Void
    ) async throws {
        let clock = Hand(noon)
        let files = catalogue.merging(changes) { _, new in new }
        try await OwnFolder.with(files) { folder in
            try await TestDistrict.with(engine, catalogue: [folder], now: { clock.now }) { test in
                try await test.accept(TreeDistrict.units, what: "units")
                try await test.accept(TreeDistrict.persons, what: "persons")
                let clerk = try await test.account("clerk", role: "felling_clerk", unit: "C1")
                let officer = try await test.account(
                    "officer", role: "felling_officer", unit: "S1")
                try await body(
                    Town(test: test, clock: clock, clerk: clerk.id, officer: officer.id))
            }
        }
    }
}

/// A clock that a test sets.
final class Hand: Sendable {
    private let moment: Mutex<Moment>

    init(_ start: Moment) { moment = Mutex(start) }

    var now: Moment { moment.withLock { $0 } }

    func pass(days: Int) {
        moment.withLock { $0 = Moment(milliseconds: $0.milliseconds + Int64(days) * 86_400_000) }
    }
}

struct Town {
    let test: TestDistrict
    let clock: Hand
    let clerk: Account.ID
    let officer: Account.ID

    var district: District { test.district }

    static let procedure = "tree_felling"

    private var accounts: Accounts {
        Accounts(district, passwords: Passwords(cost: 4), isDemonstration: true)
    }

    /// Somebody with an account, as they may act now.
    func acting(_ id: Account.ID, _ db: Connection) throws -> CaseActor {
        guard let acting = try accounts.acting(id, db) else { throw Refusal.notFound }
        return .account(acting)
    }

    func unit(_ code: String) async throws -> OrgUnit.ID {
        let structure = try await district.structure()
        guard let unit = structure.unit(code: code, on: clock.now.day) else {
            throw Refusal.notFound
        }
        return unit.unit
    }

    /// Opens a case of a person in the first community.
    @discardableResult
    func open(
        _ person: String = "P-1", on day: String? = nil, tree: String = "国槐",
        by account: Account.ID? = nil
    ) async throws -> Record.ID {
        let unit = try await unit("C1")
        return try await test.database.write { db in
            try district.openCase(
                Self.procedure, values: [.person("asker"): person],
                opening: [.field("tree"): tree, .privateValue("why"): "树根伤及墙基"]
                    .merging(day.map { [.day: $0] } ?? [:]) { _, new in new },
                at: unit, by: try acting(account ?? clerk, db), db: db)
        }
    }

    /// Takes a step with the newest record shown.
    @discardableResult
    func take(
        _ step: String, in id: Record.ID, _ values: [Heading: String] = [:],
        shown: Int? = nil, reasons: [String: String] = [:], by account: Account.ID? = nil
    ) async throws -> Record.ID {
        try await test.database.write { db in
            let seen = try shown ?? newest(id, db)
            let who = account ?? (step == "decide" ? officer : clerk)
            return try district.takeStep(
                step, in: id, shown: seen, values: values, accepting: reasons,
                by: try acting(who, db), db: db)
        }
    }

    func survey(_ id: Record.ID) async throws {
        try await take("survey", in: id, [.measure(0): "30"])
    }

    func decide(
        _ id: Record.ID, _ outcome: String, reasons: [String: String] = [:]
    ) async throws {
        try await take(
            "decide", in: id, [.field("outcome"): outcome], reasons: reasons)
    }

    func newest(_ id: Record.ID, _ db: Connection) throws -> Int {
        try CaseStore(db).find(id, in: .everything)?.seq ?? -1
    }

    func newest(_ id: Record.ID) async throws -> Int {
        try await test.database.read { db in try newest(id, db) }
    }

    func reading(_ id: Record.ID) async throws -> CaseReading {
        try await test.database.read { db in
            guard let reading = try district.caseReading(id, nil, db) else {
                throw Refusal.notFound
            }
            return reading
        }
    }

    /// What the case owes, by step.
    func owed(_ id: Record.ID) async throws -> [String] {
        try await test.database.read { db in
            try CaseStore(db).obligations(of: [id])[id, default: []].map(\.step)
        }
    }

    func row(_ id: Record.ID) async throws -> CaseRow {
        try await test.database.read { db in
            guard let row = try CaseStore(db).find(id, in: .everything) else {
                throw Refusal.notFound
            }
            return row
        }
    }

    /// What `verify` finds in the whole ledger and in every case.
    func findings() async throws -> [String] {
        try await district.verify().map(\.sentence) + district.verifyCases().map(\.sentence)
    }

    func count(_ sql: SQL) async throws -> Int {
        try await test.database.read { db in try db.value(sql, as: Int.self) ?? 0 }
    }
}

/// The words of a refusal; nil where nothing was refused.
func refused(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch let refusal as Refusal {
        return refusal.text(.en)
    } catch {
        return "\(error)"
    }
}
