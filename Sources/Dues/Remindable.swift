import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What a reader may remind others of: what units strictly below them have begun to owe and have
/// not done; of the matrix, in the newest period that is shown.
struct Remindable {
    /// In the order of the units.
    let reminders: [DueReminder]
    /// How many of these units were reminded of all of it within the quiet days.
    let quiet: Int

    /// - Parameter recent: what units were reminded of lately.
    init(
        _ matrix: DueMatrix, _ access: Access, _ structure: Structure, on day: Day,
        recent: Set<DueReminder>
    ) {
        var newest: [String: Int] = [:]
        for (index, column) in matrix.columns.enumerated() { newest[column.due.id] = index }
        let open = matrix.occurrences.map { unit, occurrences in
            (
                unit: unit,
                reminders: newest.values.compactMap { index -> DueReminder? in
                    guard let occurrence = occurrences[index], occurrence.state < .done else {
                        return nil
                    }
                    return DueReminder(unit, matrix.columns[index].due.id, occurrence)
                }
            )
        }
        self.init(open, access, structure, on: day, recent: recent)
    }

    /// The same of lines of the list, in whatever period.
    init(
        _ lines: [DueReading.Line], _ access: Access, _ structure: Structure, on day: Day,
        recent: Set<DueReminder>
    ) {
        let open = lines.filter { $0.occurrence.state < .done }.map {
            DueReminder($0.unit.unit, $0.due.id, $0.occurrence)
        }
        self.init(
            Dictionary(grouping: open, by: \.unit).map { (unit: $0, reminders: $1) }, access,
            structure, on: day, recent: recent)
    }

    private init(
        _ open: [(unit: OrgUnit.ID, reminders: [DueReminder])], _ access: Access,
        _ structure: Structure, on day: Day, recent: Set<DueReminder>
    ) {
        let tops = Self.tops(access)
        var found: [DueReminder] = []
        var quiet = 0
        for (unit, reminders) in open where !reminders.isEmpty {
            guard structure.lies(unit, strictlyBelow: tops, on: day) else { continue }
            let fresh = reminders.filter { !recent.contains($0) }
            found += fresh
            if fresh.isEmpty { quiet += 1 }
        }
        reminders = found.sorted { ($0.unit, $0.due, $0.period) < ($1.unit, $1.due, $1.period) }
        self.quiet = quiet
    }

    var units: Set<OrgUnit.ID> { Set(reminders.map(\.unit)) }

    /// Where somebody may read or confirm, they may remind those below.
    static func tops(_ access: Access) -> Set<OrgUnit.ID> {
        access.units(.read).union(access.units(.confirm))
    }
}

/// Who is told when units are reminded: whoever writes for them by a role of their own, or of a
/// unit between them and the one who reminds; where nobody does, those beside the one who reminds.
struct Reminded {
    private let structure: Structure
    private let day: Day
    private let tops: Set<OrgUnit.ID>
    private let writers: [OrgUnit.ID: Set<Account.ID>]
    private let actor: Account.ID

    init(
        _ units: Set<OrgUnit.ID>, by acting: ActingAccount, _ district: District,
        _ db: Connection
    ) throws {
        structure = acting.structure
        day = acting.today
        tops = Remindable.tops(acting.access)
        actor = acting.account
        var path: Set<OrgUnit.ID> = []
        for unit in units { path.formUnion(Self.path(unit, structure, day)) }
        let within = path.filter { [structure, day, tops] in
            structure.lies($0, below: tops, on: day)
        }
        writers = try district.writers(in: within.sorted(), on: day, db)
    }

    func accounts(for unit: OrgUnit.ID) -> Set<Account.ID> {
        let path = Self.path(unit, structure, day)
        func writing(_ units: some Sequence<OrgUnit.ID>) -> Set<Account.ID> {
            units.reduce(into: Set<Account.ID>()) { $0.formUnion(writers[$1] ?? []) }
                .subtracting([actor])
        }
        let below = writing(path.subtracting(tops))
        return below.isEmpty ? writing(path.intersection(tops)) : below
    }

    /// A unit and all above it.
    private static func path(
        _ unit: OrgUnit.ID, _ structure: Structure, _ day: Day
    ) -> Set<OrgUnit.ID> {
        var met: Set<OrgUnit.ID> = []
        var open = [unit]
        while let next = open.popLast() {
            guard met.insert(next).inserted else { continue }
            open += (structure.parents[next] ?? []).filter { $0.inForce(on: day) }.map(\.parent)
        }
        return met
    }
}
