import Synchronization

/// Counts the statements of all closures of a database, for the budgets of pages.
final class StatementCounter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func add() { count.add(1, ordering: .relaxed) }
}
