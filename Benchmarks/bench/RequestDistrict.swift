import App
import Cases
import Catalogue
import Core
import Foundation
import Ledger
import Logging
import Organization
import Storage

/// A district of its own with so many requests: each of its communities opened some through the
/// program, as they stand on the way, and the others are copies of these, days or years older.
///
/// The copies are put into the database directly, because writing a million of them would take
/// longer than all the rest; they carry every row that the program wrote for the first.
final class RequestDistrict: Sendable {
    let district: District
    let actor = CaseActor.machine(.command())
    /// The communities that have requests, each with the street above it.
    let communities: [Community]

    struct Community: Sendable {
        let unit: OrgUnit.ID
        let code: String
        let street: OrgUnit.ID
    }

    static let procedure = "service_request"
    /// Of a hundred requests so many are still open, up to the most that are open at once.
    static let openShare = 5
    static let openMost = 46_000

    init(in folder: String, requests: Int) async throws {
        let data = DataFolder(folder + "/requests-\(requests)")
        let isNew = !data.exists
        district = try await data.openMeasured(schema: "requests_\(requests)")
        let today = district.now().day
        let structure = try await district.structure()
        let root = try Self.root(structure, on: today)
        communities = structure.children(of: root, .territory, on: today).flatMap { street in
            structure.children(of: street.unit, .territory, on: today).map {
                Community(unit: $0.unit, code: $0.code, street: street.unit)
            }
        }
        guard !communities.isEmpty else { throw Unsound("the district has no communities") }
        if isNew { try await fill(requests) }
    }

    private static func root(_ structure: Structure, on day: Day) throws -> OrgUnit.ID {
        guard let root = structure.root(on: day) else { throw Unsound("there are no units") }
        return root.unit
    }

    func close() { district.database.close() }

    // MARK: By the program

    /// The steps of a request, each so many working days after the filing.
    private static let way: [(step: String, after: Int, values: [Heading: String])] = [
        ("accept", 0, [.field("outcome"): "accepted"]),
        ("dispatch", 0, [.field("tier"): "community"]),
        ("handle", 1, [.field("outcome"): "done"]),
        ("verify", 1, [.field("outcome"): "confirmed"]),
        ("call_back", 2, [.field("outcome"): "solved", .field("satisfied"): "yes"]),
        ("close", 2, [.field("outcome"): "solved"]),
    ]
    /// How far requests have come that are opened: of each stage one, and of all steps one.
    private static let stages = [0, 1, 2, 3, 4, 6]

    /// Opens a request in a community and takes it so many steps along, in one commit.
    @discardableResult
    func open(
        _ community: Community, steps: Int, on first: Day, _ db: Connection
    ) throws -> Record.ID {
        let id = try district.openCase(
            Self.procedure, values: [:],
            opening: [
                .day: "\(first)", .minute: "09:00", .field("severity"): "ordinary",
                .field("category"): "repair", .field("channel"): "phone",
                .privateValue("words"): "楼道照明不亮，请派人来看一看。",
            ], at: community.unit, by: actor, db: db)
        for (place, step) in Self.way.prefix(steps).enumerated() {
            try take(step.step, in: id, on: first + step.after, minute: 10 * (place + 1), db)
        }
        return id
    }

    /// Takes one of the steps of the way, so many minutes after nine.
    func take(
        _ name: String, in id: Record.ID, on day: Day, minute: Int, _ db: Connection
    ) throws {
        guard let step = Self.way.first(where: { $0.step == name }) else { return }
        var values = step.values
        values[.day] = "\(day)"
        values[.minute] = "\(9 + minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
        guard let row = try CaseStore(db).find(id, in: .everything) else { throw Refusal.notFound }
        if name == "dispatch" {
            let home = communities.first { $0.unit == row.unit }
            values[.place] = home?.code
        }
        try district.takeStep(name, in: id, shown: row.seq, values: values, by: actor, db: db)
    }

    private func fill(_ requests: Int) async throws {
        let first = district.now().day + -9
        for community in communities {
            try await district.database.write { [self] db in
                for steps in Self.stages { try open(community, steps: steps, on: first, db) }
            }
        }
        let templates = try await district.database.read { db in try CaseCopies(db) }
        let running = min(requests * Self.openShare / 100, Self.openMost)
        try await templates.copy(open: running, closed: requests - running, into: district)
        try await district.database.refreshStatistics(
            of: ["record", "record_private", "case_state", "obligation"])
    }
}

// MARK: What is measured

extension RequestDistrict {
    /// Everything that is written while it is measured is of this day: of today not every minute
    /// has come.
    var yesterday: Day { district.now().day + -1 }

    /// Writes a plain record, which a step of a case is compared with.
    func record(in community: Community, _ db: Connection) throws {
        guard let kind = district.catalogue.kinds["honor"] else {
            throw Unsound("the catalogue has no kind “honor” any more")
        }
        let values: [Heading: String] = [
            .day: "\(yesterday)", .unit: community.code, .field("level"): "city",
            .field("title"): "第\(Record.ID.make())号先进社区", .field("issuer"): "市委组织部",
        ]
        let entry = try district.read(values, kind: kind, db: db)
        try district.post(entry, by: .command(), db: db)
    }

    /// Reads one of the open cases of a community as its page does.
    func readOne(of community: Community, _ db: Connection) throws {
        let ids = try db.rows(
            """
            SELECT case_id FROM case_state
            WHERE owner_id = \(community.unit) AND closed_at IS NULL ORDER BY case_id LIMIT 20
            """
        ).map { try $0.at(0, as: Record.ID.self) }
        guard let id = ids.randomElement() else { throw Unsound("a community has no request") }
        guard try district.caseReading(id, nil, db) != nil else {
            throw Unsound("a request is not found")
        }
    }

    /// Opens requests that are accepted one after another.
    func waiting(_ count: Int) async throws -> WaitingRequests {
        let waiting = WaitingRequests()
        for place in 0..<count {
            let community = communities[place % communities.count]
            let id = try await district.database.write { [self] db in
                try open(community, steps: 0, on: yesterday, db)
            }
            waiting.add(id)
        }
        return waiting
    }

    func acceptNext(of waiting: WaitingRequests, _ db: Connection) throws {
        guard let id = waiting.next() else { throw Unsound("no request waits any more") }
        try take("accept", in: id, on: yesterday, minute: 10, db)
    }
}
