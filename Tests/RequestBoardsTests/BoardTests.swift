import Accounts
import Core
import Ledger
import Organization
import RequestBoards
import Storage
import TestKit
import Testing

/// The board for everybody, and the one of a unit.
struct BoardTests {
    @Test(arguments: Engine.available)
    func everybodyReadsWhatIsNotSmallAndNothingThatGivesItAway(_ engine: Engine) async throws {
        try await RequestTown.with(engine) { town in
            let wrong = try await town.client.page("/requests/board?unit=nowhere")
            #expect(wrong.status == 422)
            let board = try await town.client.page("/requests/board?period=2026-H1")
            #expect(board.status == 200)
            #expect(board.text.contains("登记群众诉求") && board.text.contains("8件"))
            #expect(board.text.contains("数量少，不公布"))
            // Two wait in one community, three in all: neither number is told.
            #expect(!board.text.contains("一社区"))
            let file = try await town.client.page("/requests/board?period=2026-H1&as=csv")
            #expect(file.status == 200 && file.text.contains("诉求解决率"))
            let english = try await town.client.page("/requests/board", language: .en)
            #expect(english.text.contains("What became of requests"))
        }
    }

    @Test(arguments: Engine.available)
    func theBoardOfAUnitSaysWhatItsListsSay(_ engine: Engine) async throws {
        try await RequestTown.with(engine) { town in
            #expect(try await town.client.page("/cases/board").status == 303)
            let staff = try await town.test.account("jie", role: "street_staff", unit: "410102001")
            let board = try await town.client.page("/cases/board", as: staff)
            #expect(board.status == 200)
            #expect(board.text.contains("甲街道办件看板"))
            #expect(board.text.contains("办理中3件"))
            let list = try await town.client.page("/cases?unit=410102001", as: staff)
            #expect(list.text.contains("共3件"))
            let other = try await town.test.account(
                "she", role: "community_clerk", unit: "410102001002")
            let own = try await town.client.page("/cases/board", as: other)
            #expect(own.text.contains("办理中2件"))
            let above = try await town.client.page("/cases/board?unit=410102001", as: other)
            #expect(above.status == 404)
            let file = try await town.client.page("/cases/board?as=csv", as: staff)
            #expect(file.status == 200 && file.text.contains("410102001002"))
        }
    }

    @Test(arguments: Engine.available)
    func boardsWalkAlongIndexes(_ engine: Engine) async throws {
        try await RequestTown.with(engine) { town in
            let structure = try await town.test.district.structure()
            let units = structure.versions.keys.sorted()
            try await town.test.database.write { db in
                let statements = [
                    WaitingCounts.openStatement(
                        units, in: .everything, procedure: "service_request", at: RequestTown.noon),
                    WaitingCounts.dueStatement(
                        units, in: .everything, procedure: nil, at: RequestTown.noon),
                    WaitingCounts.ownersStatement("service_request"),
                ]
                for statement in statements {
                    let plan = try db.plan(statement).joined(separator: "\n")
                    // Along an index, and never over a whole table.
                    #expect(plan.contains("case_state_") || plan.contains("obligation_"), "\(plan)")
                    #expect(!plan.contains("Seq Scan"), "\(plan)")
                    #expect(!plan.contains("SCAN s\n") && !plan.hasSuffix("SCAN s"), "\(plan)")
                }
            }
        }
    }
}
