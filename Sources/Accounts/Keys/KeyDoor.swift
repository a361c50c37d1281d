import Core
import Hummingbird
import Storage
import Web

/// Finds out for whom a program asks below `/api`: its key, the account that made it, and what that
/// may read today. Without a key it reads what everybody may; a browser's session counts for
/// nothing here, so that no page elsewhere reads through somebody who is signed in.
struct KeyDoor: Sendable {
    let accounts: Accounts
    let standings: AccountAccessShelf

    /// How many wrong keys may come from one address before it has to wait.
    static let freeKeys = 10

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.authorization] else {
            return try await next(request, context)
        }
        let moment = accounts.now()
        guard let found = try await find(Self.secret(in: header), at: moment) else {
            throw try await refused(at: moment, context)
        }
        if found.key.usedOn != moment.day, request.method != .head {
            await see(found.key, on: moment.day, context)
        }
        var context = context
        context.reader = found.reader
        context.readsRecords = found.key.reach == .records
        return try await next(request, context)
    }

    /// What stands behind `Bearer`; nil for what is no key of ours.
    private static func secret(in header: String) -> String? {
        let parts = header.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            parts[1].utf8.count == ReadingKey.letters
        else { return nil }
        return String(parts[1])
    }

    private struct Found: Sendable {
        let key: ReadingKey
        let reader: Reader
    }

    private func find(_ secret: String?, at moment: Moment) async throws -> Found? {
        guard let secret else { return nil }
        let mac = ReadingKey.mac(of: secret, accounts.key)
        return try await accounts.database.glance { [accounts, standings] db in
            guard let key = try ReadingKeyStore(db).find(mac: mac, on: moment.day) else {
                return nil
            }
            let state = SeenState(try Audit.head(db).newest, on: moment.day)
            guard
                let standing = try standings.standing(of: key.account, state, accounts, db),
                accounts.maySignIn(standing.account)
            else { return nil }
            return Found(key: key, reader: key.narrowed(standing.reader))
        }
    }

    /// Counts a wrong key for the address it came from, and slows that down like wrong passwords.
    /// Right keys are let in all the same: nobody guesses one, so nobody is locked out either.
    private func refused(at moment: Moment, _ context: AppContext) async throws -> any Error {
        let (secrets, client) = (accounts.secrets, context.client)
        @Sendable func gate(_ db: Connection) -> (SignInGate, counter: String) {
            let gate = SignInGate(db, key: secrets)
            return (gate, gate.counter(name: "", way: "reading key, " + client))
        }
        let isClosed = try await accounts.database.glance { db in
            let (gate, counter) = gate(db)
            return try gate.isClosed(counter, at: moment)
        }
        if isClosed { return HTTPError(.tooManyRequests) }
        do {
            try await accounts.database.write { db in
                let (gate, counter) = gate(db)
                try gate.fail(counter, at: moment, free: Self.freeKeys)
            }
        } catch {
            context.logger.warning("a wrong key was not counted", metadata: ["error": "\(error)"])
        }
        return ApiRefusal.wrongKey
    }

    /// Keeps when a key was last used. That is worth no answer: on a full disk programs read on.
    private func see(_ key: ReadingKey, on day: Day, _ context: AppContext) async {
        do {
            try await accounts.database.write { db in
                try ReadingKeyStore(db).see(key.id, on: day)
            }
        } catch {
            context.logger.warning("a key was not marked", metadata: ["error": "\(error)"])
        }
    }
}

extension ReadingKey {
    /// What a program may do with the key: nothing but read, nothing sealed, and no more than the
    /// key was made for.
    fileprivate func narrowed(_ reader: Reader) -> Reader {
        let rights: [Right] = reach == .everybody ? [] : [.read, .write]
        return Reader(
            actor: reader.actor, name: reader.name,
            access: Access(
                holdings: reader.access.holdings.filter { rights.contains($0.right) }),
            account: reader.account)
    }
}
