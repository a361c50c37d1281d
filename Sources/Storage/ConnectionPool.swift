import Synchronization

protocol PooledConnection: Sendable {
    /// Whether it is of no more use and must be replaced.
    var isBroken: Bool { get }
}

/// Connections not in use. There are never more than the threads that ask.
final class ConnectionPool<Connection: PooledConnection>: Sendable {
    private let idle = Mutex<[Connection]>([])
    private let open: @Sendable () throws -> Connection

    init(open: @escaping @Sendable () throws -> Connection) { self.open = open }

    func use<T>(_ body: (Connection) throws -> T) throws -> T {
        let connection = try idle.withLock { $0.popLast() } ?? open()
        defer { give(back: connection) }
        return try body(connection)
    }

    func give(back connection: Connection) {
        if !connection.isBroken { idle.withLock { $0.append(connection) } }
    }

    func dropIdle() { idle.withLock { $0.removeAll() } }
}
