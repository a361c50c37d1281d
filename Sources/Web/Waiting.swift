import Core
import Storage
import Synchronization

/// How many things wait for a reader behind an entry of the header.
package struct Waiting: Sendable {
    let isDear: Bool
    let count: @Sendable (Reader, Connection) throws -> Int

    /// - Parameter isDear: whether to count takes long: then a number is shown for a while though
    ///   somebody else may have changed it.
    package init(
        isDear: Bool = false, count: @escaping @Sendable (Reader, Connection) throws -> Int
    ) {
        self.isDear = isDear
        self.count = count
    }

    /// The most that is written out; what is more says so.
    static let most = 99
}

/// The numbers beside the entries of the header, kept by account until anything is written: what
/// is dear to count also after that, for a while, unless they wrote themselves.
final class WaitingShelf: Sendable {
    /// For so long a number that is dear to count is shown.
    static let dearMilliseconds: Int64 = 60_000

    private struct Kept {
        let state: SeenState
        var dearAt: Moment
        var counts: [String: Int]
    }

    private let kept = Mutex<[AccountID: Kept]>([:])

    /// Counts anew on their next page.
    func forget(_ account: AccountID) { kept.withLock { $0[account] = nil } }

    /// The numbers by the path of the entry; those that are zero are left out.
    ///
    /// - Parameter state: how far the audit had come in this very request.
    func counts(
        _ reader: Reader, _ entries: [Destination], _ state: SeenState, at moment: Moment,
        _ database: Database
    ) async throws -> [String: Int] {
        guard let account = reader.account else { return [:] }
        let asked = entries.filter { $0.waiting != nil && reader.meets($0.need) }
        guard !asked.isEmpty else { return [:] }
        let known = kept.withLock { $0[account] }
        if let known, known.state == state { return known.counts }
        let isFresh =
            known.map {
                $0.state.day == state.day
                    && 0..<Self.dearMilliseconds ~= moment.milliseconds - $0.dearAt.milliseconds
            } ?? false
        let counts = try await database.read { db in
            var counts: [String: Int] = [:]
            for entry in asked {
                guard let waiting = entry.waiting else { continue }
                let count =
                    waiting.isDear && isFresh
                    ? known?.counts[entry.path] ?? 0 : try waiting.count(reader, db)
                if count > 0 { counts[entry.path] = count }
            }
            return counts
        }
        kept.withLock { kept in
            if kept.count >= Limits.keptAccounts { kept = [:] }
            kept[account] = Kept(
                state: state, dearAt: isFresh ? known?.dearAt ?? moment : moment, counts: counts)
        }
        return counts
    }
}
