import Cases
import Core
import HummingbirdTesting
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// A small district with requests of the first half of 2026, some of which are over.
struct RequestTown: Sendable {
    let test: TestDistrict
    let client: any TestClientProtocol

    /// 7 July 2026, noon in the district.
    static let noon = Moment(milliseconds: 1_783_396_800_000)

    /// How far a request came, and what was said of it.
    struct Story: Sendable {
        var grid = "410102001001001"
        var isInTime = true
        /// Nil for one that nobody handled yet.
        var solved: Bool?
        var satisfied: String?
    }

    /// Six that were called back in the first community, one of them late, and two in the second
    /// that wait.
    static let stories: [Story] = [
        Story(solved: true, satisfied: "yes"), Story(solved: true, satisfied: "fair"),
        Story(solved: true), Story(solved: true, satisfied: "no"),
        Story(isInTime: false, solved: false), Story(solved: true, satisfied: "yes"),
        Story(grid: "410102001002001"), Story(grid: "410102001002001"),
    ]

    static func with(
        _ engine: Engine, stories: [Story] = Self.stories,
        _ body: @escaping @Sendable (RequestTown) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine, now: { noon }) { test in
            try await test.foundSmallDistrict()
            for story in stories { try await tell(story, test) }
            try await test.withSite { client in
                try await body(RequestTown(test: test, client: client))
            }
        }
    }

    private static func tell(_ story: Story, _ test: TestDistrict) async throws {
        let district = test.district
        try await test.database.write { db in
            let structure = try district.structure(db)
            guard let grid = structure.unit(code: story.grid, on: noon.day) else {
                throw Refusal.notFound
            }
            let actor = CaseActor.machine(TestDistrict.actor)
            let id = try district.openCase(
                "service_request", values: [:],
                opening: [
                    .day: "2026-05-11", .minute: "09:00", .field("severity"): "ordinary",
                    .field("category"): "repair", .field("channel"): "phone",
                ], at: grid.unit, by: actor, db: db)
            for (step, values) in steps(story) {
                let shown = try CaseStore(db).find(id, in: .everything)?.seq ?? -1
                try district.takeStep(
                    step, in: id, shown: shown, values: values, by: actor, db: db)
            }
        }
    }

    private static func steps(_ story: Story) -> [(String, [Heading: String])] {
        let accepted = story.isInTime ? "2026-05-11" : "2026-05-13"
        var steps: [(String, [Heading: String])] = [
            (
                "accept",
                [.day: accepted, .minute: "09:30", .field("outcome"): "accepted"]
            ),
            (
                "dispatch",
                [
                    .day: accepted, .minute: "10:00", .field("tier"): "community",
                    .place: String(story.grid.prefix(12)),
                ]
            ),
        ]
        guard let solved = story.solved else { return steps }
        steps += [
            ("handle", [.day: "2026-05-14", .minute: "09:00", .field("outcome"): "done"]),
            ("verify", [.day: "2026-05-14", .minute: "10:00", .field("outcome"): "confirmed"]),
            (
                "call_back",
                [
                    .day: "2026-05-14", .minute: "11:00",
                    .field("outcome"): solved ? "solved" : "not_solved",
                    .field("satisfied"): story.satisfied ?? "",
                ]
            ),
        ]
        if solved {
            steps.append(
                ("close", [.day: "2026-05-14", .minute: "11:30", .field("outcome"): "solved"]))
        }
        return steps
    }
}
