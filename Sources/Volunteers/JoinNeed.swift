import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// POST /volunteers/needs/:id/join and …/leave. For anyone who is signed in: comes, or waits where
/// there is no room; and is off again, whereupon the first who waits comes instead.
struct JoinNeed: Sendable {
    let desk: VolunteerDesk

    @Sendable func join(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: VolunteerNeed.self)
        return try await desk.app.submit(form, context, needs: .signedIn) { [desk] acting, db in
            let state = try desk.join(id, acting, db)
            return Address.need(id).with("done", "volunteer_\(state.rawValue)")
        }
    }

    @Sendable func leave(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: VolunteerNeed.self)
        return try await desk.app.submit(form, context, needs: .signedIn) { [desk] acting, db in
            try desk.leave(id, acting, db)
            return Address.need(id).with("done", "volunteer_left")
        }
    }
}

extension VolunteerDesk {
    /// Signs somebody up; who comes when all hands are there waits behind the others.
    fileprivate func join(
        _ id: VolunteerNeed.ID, _ acting: ActingAccount, _ db: Connection
    ) throws -> SignUp.State {
        try NeedStore(db).hold(id)
        let need = try find(id, db)
        guard need.isOpen(on: acting.today) else { throw Self.closed }
        let person = try person(of: acting.account, db)
        let store = SignUpStore(db)
        let known = try store.find(id, person.all)
        if let known, known.state == .taken || known.state == .waiting {
            throw Refusal.conflict(
                zh: "您已报过名，不用再报。", en: "You are signed up already.")
        }
        let isFull = try store.count(of: id, .taken) >= need.hands
        if isFull, try store.count(of: id, .waiting) >= VolunteerLimits.waiting {
            throw Refusal.conflict(
                zh: "名额和候补都已满。", en: "There is no room left, nor on the waiting list.")
        }
        let signUp = SignUp(
            need: id, person: known?.person ?? person.main, state: isFull ? .waiting : .taken,
            turn: try store.nextTurn(of: id))
        try store.put(signUp, account: acting.account, at: acting.moment)
        return signUp.state
    }

    /// Takes somebody off, and lets the first who waits come.
    fileprivate func leave(
        _ id: VolunteerNeed.ID, _ acting: ActingAccount, _ db: Connection
    ) throws {
        try NeedStore(db).hold(id)
        let need = try find(id, db)
        let store = SignUpStore(db)
        guard var signUp = try store.find(id, try person(of: acting.account, db).all),
            signUp.state != .left
        else { throw Refusal.notFound }
        guard need.isOpen(on: acting.today), signUp.organizer == nil, signUp.volunteer == nil
        else { throw Self.closed }
        let was = signUp.state
        signUp.state = .left
        try store.put(signUp, account: nil, at: acting.moment)
        guard was == .taken, var next = try store.firstWaiting(for: id) else { return }
        next.state = .taken
        try store.put(next, account: nil, at: acting.moment)
        try tell(next.person, .volunteerMovedUp, at: .need(id), acting, db)
    }

    private static let closed = Refusal.conflict(
        zh: "活动已结束或已取消，不能再报名或退出。",
        en: "This is over or was called off: nobody signs up or leaves any more.")
}
