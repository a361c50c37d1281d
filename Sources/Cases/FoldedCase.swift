import Catalogue
import Core
import Ledger
import Organization
import Storage

/// A case with its records read and folded.
struct FoldedCase: Sendable {
    let id: Record.ID
    private(set) var records: [CaseRecord]
    let procedure: Procedure
    let structure: Structure
    let catalogue: Catalogue
    let world: CaseWorld
    private(set) var fold: CaseFold
    private(set) var units: CaseUnits

    /// - Throws: `Refusal.notFound` for what is no case.
    init(
        _ id: Record.ID, _ records: [CaseRecord], _ procedure: Procedure, _ structure: Structure,
        _ catalogue: Catalogue, _ world: CaseWorld
    ) throws {
        guard let opening = records.first, opening.seq == 0 else { throw Refusal.notFound }
        (self.id, self.records, self.procedure) = (id, records, procedure)
        (self.structure, self.catalogue, self.world) = (structure, catalogue, world)
        units = CaseUnits(
            procedure: procedure, structure: structure, home: opening.record.unit,
            place: records.last {
                $0.stands && $0.place.step != nil && $0.place.step == procedure.opening?.id
            }?.record.place ?? opening.record.place,
            owner: opening.record.unit)
        fold = CaseFold(procedure, in: world)
        fold = folded(leaving: { _ in false })
        units.owner = owner
    }

    var opening: Record { records[0].record }
    var nextSeq: Int { (records.last?.seq ?? -1) + 1 }

    func kind(_ id: String) -> Kind? { catalogue.kinds[id] }

    // MARK: Steps

    /// The steps that stand, in the order of the case.
    var steps: [(record: CaseRecord, step: CaseStep)] { steps { _ in false } }

    private func steps(
        leaving isLeft: (CaseRecord) -> Bool
    ) -> [(record: CaseRecord, step: CaseStep)] {
        var found: [Int: CaseRecord] = [:]
        var steps: [CaseStep] = []
        let deliveries = self.deliveries
        for record in records where record.stands && !isLeft(record) {
            guard let step = step(of: record, told: deliveries) else { continue }
            found[record.seq] = record
            steps.append(step)
        }
        return steps.inOrderOfCase.compactMap { step in
            step.seq.flatMap { found[$0] }.map { ($0, step) }
        }
    }

    func step(of record: CaseRecord) -> CaseStep? { step(of: record, told: deliveries) }

    private func step(of record: CaseRecord, told deliveries: [CaseRecord]) -> CaseStep? {
        guard record.place.step != nil else { return nil }
        var step = CaseStep(record, of: procedure, kind(record.record.kind), structure)
        step?.told =
            deliveries.first {
                $0.seq > record.seq && $0.record.fields[CaseField.step] == record.place.step
            }?.record.time
        return step
    }

    /// The records that say of a step that it was delivered.
    private var deliveries: [CaseRecord] { records.filter { $0.stands && act($0) == .deliver } }

    func act(_ record: CaseRecord) -> Kind.CaseAct? { kind(record.record.kind)?.caseAct }

    // MARK: The fold

    /// The fold over the records that stand, some of them left out.
    func folded(leaving isLeft: (CaseRecord) -> Bool) -> CaseFold {
        let pauses = records.filter { $0.stands && !isLeft($0) }.compactMap(pause)
        return CaseFold.folding(
            procedure, steps(leaving: isLeft).map(\.step), pauses: pauses, in: world)
    }

    /// The fold with one more step, which comes last where its day and minute let it.
    func folding(_ next: CaseStep) -> CaseFold {
        let pauses = records.filter(\.stands).compactMap(pause)
        return CaseFold.folding(
            procedure, steps.map(\.step) + [next], pauses: pauses, in: world)
    }

    /// A pause as its record says it, until somebody ended it.
    private func pause(_ record: CaseRecord) -> CasePause? {
        guard act(record) == .pause, let ground = record.record.fields[CasePauseField.ground] else {
            return nil
        }
        let from = record.record.time.moment
        let goesOn = record.record.fields[CasePauseField.resumes].flatMap { Day($0) }
        var until = (goesOn ?? record.record.happenedOn + 1).start
        let step = record.record.fields[CaseField.step]
        for later in records
        where later.stands && later.seq > record.seq && act(later) == .resume
            && later.record.fields[CaseField.step] == step
        {
            until = min(until, later.record.time.moment)
        }
        return CasePause(ground: ground, step: step, from: from, until: max(from, until))
    }

    // MARK: Owner and holders

    /// Who answers for it after everything that stands: the steps say it one after another, and
    /// whoever hands it on.
    private var owner: OrgUnit.ID {
        var units = units
        units.owner = units.home
        let standing = records.filter(\.stands).sorted {
            ($0.record.happenedOn, $0.seq) < ($1.record.happenedOn, $1.seq)
        }
        for record in standing {
            let said = record.record
            if act(record) == .handOn || act(record) == .handOver,
                said.fields[CaseField.step] == nil, let place = said.place
            {
                units.owner = place
            }
            guard let name = record.place.step, let step = procedure.step(name) else { continue }
            if let holds = step.holding(after: said.fields[Kind.outcomeName]),
                let unit = units.unit(holds.unit, on: said.happenedOn, named: said.place)
            {
                units.owner = unit
            }
        }
        return units.owner
    }

    /// What is owed at a moment, each with the unit and the role that owe it. A unit that has ended
    /// is followed to who stands in its place.
    func obligations(_ state: CaseState, at moment: Moment) -> [CaseObligation] {
        guard state.end == nil else { return [] }
        var found: [CaseObligation] = []
        for owed in state.obligations {
            guard let step = procedure.step(owed.step) else { continue }
            let each = owed.each.map { OrgUnit.ID(trusted: $0) }
            let (unit, role) = holder(of: step, each: each, on: moment.day)
            let since = owed.since?.moment ?? CaseTime(opening.happenedOn).moment
            let holder = structure.standing(
                for: handedOn(step.id, since: since) ?? unit, on: moment.day)
            let isThere = found.contains {
                $0.step == owed.step && $0.round == owed.round && $0.holder == holder
            }
            guard !isThere else { continue }
            found.append(
                CaseObligation(
                    caseID: id, step: owed.step, round: owed.round, holder: holder, role: role,
                    since: since, earliest: owed.earliest?.moment,
                    latest: owed.latest ?? CaseObligation.never, paused: owed.paused))
        }
        return found.sorted { ($0.step, $0.round, $0.holder) < ($1.step, $1.round, $1.holder) }
    }

    /// Who takes a step: the unit and, in it, the role.
    func holder(
        of step: Procedure.Step, each: OrgUnit.ID?, on day: Day
    ) -> (unit: OrgUnit.ID, role: String) {
        let at = step.at.flatMap { units.unit($0, on: day, each: each) } ?? each ?? units.owner
        switch step.by.first {
        case .about: return (at, CaseRole.about)
        case .anybody, nil: return (at, CaseRole.anybody)
        case .persons(let role): return (at, CaseRole.persons(role))
        case .role(let name, _):
            let unit = units.unit(name, on: day, each: each)
            let roles = step.by.compactMap { actor -> String? in
                guard case .role(let other, let role) = actor,
                    units.unit(other, on: day, each: each) == unit
                else { return nil }
                return role
            }
            return (unit ?? at, roles.joined(separator: CaseRole.separator))
        }
    }

    /// To whom what is owed was handed on since.
    private func handedOn(_ step: String, since: Moment) -> OrgUnit.ID? {
        records.last {
            guard $0.stands, act($0) == .handOn || act($0) == .handOver else { return false }
            let about = $0.record.fields[CaseField.step]
            return about == step
                && $0.record.time.moment.milliseconds + 86_400_000 > since.milliseconds
        }?.record.place
    }

    // MARK: Derived rows

    /// The case's line in lists, as it stands at a moment.
    func row(_ state: CaseState, at moment: Moment) -> CaseRow {
        CaseRow(
            id: id, number: opening.ref ?? id.text, procedure: procedure.id,
            version: procedure.version, kind: opening.kind, about: about,
            unit: units.home, owner: structure.standing(for: units.owner, on: moment.day),
            stage: state.stage ?? "",
            rounds: state.obligations.map(\.round).max() ?? 1,
            openedAt: opening.time.moment,
            closedAt: state.end?.at.moment, end: state.end?.end,
            seq: records.last?.seq ?? 0, readAt: moment)
    }

    /// Whom or what it is about.
    var about: String? {
        switch procedure.subject.about {
        case .person(let role): records[0].persons.first { $0.role == role }?.person.text
        case .subject(let kind): records[0].subjects.first { $0.kind == kind }?.code
        case .unit: units.home.text
        case .nothing: nil
        }
    }
}

/// What stands for who owes a step where that is no role of the catalogue.
enum CaseRole {
    static let about = "about"
    static let anybody = "anybody"
    /// Between roles of which any takes a step.
    static let separator = "|"

    static func persons(_ role: String) -> String { "persons." + role }

    /// The roles of which any takes a step.
    static func roles(_ text: String) -> [String] {
        text.split(separator: Character(separator)).map(String.init)
    }
}

/// The fields of a pause.
enum CasePauseField {
    static let ground = "ground"
    /// The day on which the clock goes on.
    static let resumes = "resumes_on"
}
