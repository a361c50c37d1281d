import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// POST /volunteers/needs/:id/invitation. For who organizes: asks somebody whose offer fits. They
/// decide themselves whether they come; nobody is sent.
struct InviteVolunteer: Sendable {
    let desk: VolunteerDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: VolunteerNeed.self)
        let asked = form.all("person").first.flatMap { Person.ID($0) }
        return try await desk.app.submit(form, context, needs: .right(.write)) {
            [desk] acting, db in
            _ = try desk.findOwn(id, acting, db)
            try NeedStore(db).hold(id)
            let need = try desk.findOwn(id, acting, db)
            let matches = try Match.all(for: need, acting.structure, on: acting.today, db)
            // Only whose offer fits is known to who organizes.
            guard let match = matches.first(where: { $0.person == asked }) else {
                throw Refusal.notFound
            }
            let store = SignUpStore(db)
            guard need.isOpen(on: acting.today),
                try store.count(of: id, .invited) < VolunteerLimits.invited
            else {
                throw Refusal.conflict(
                    zh: "活动已结束，或邀请已达\(VolunteerLimits.invited)人。",
                    en: "This is over, or \(VolunteerLimits.invited) were invited already.")
            }
            try store.put(
                SignUp(
                    need: id, person: match.person, state: .invited,
                    turn: try store.nextTurn(of: id)),
                account: nil, at: acting.moment)
            try desk.tell(match.person, .volunteerInvited, at: .need(id), acting, db)
            return Address.need(id).with("done", "volunteer_invited")
        }
    }
}

/// POST /volunteers/needs/:id/end. For who organizes: calls it off, says why, and tells everybody
/// who meant to come.
struct EndNeed: Sendable {
    let desk: VolunteerDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: VolunteerNeed.self)
        return try await desk.app.submit(form, context, needs: .right(.write)) {
            [desk] acting, db in
            _ = try desk.findOwn(id, acting, db)
            try NeedStore(db).hold(id)
            let need = try desk.findOwn(id, acting, db)
            var reader = FormReader(form)
            let reason = reader.lines("need_ended_for", atLeast: 2)
            try reader.check()
            let signUps = try SignUpStore(db).list(of: id)
            guard need.endedFor == nil, signUps.allSatisfy({ $0.organizer == nil }) else {
                throw Refusal.conflict(
                    zh: "已取消，或已有时长登记，不能取消。",
                    en: "It was called off already, or hours were written for it.")
            }
            try NeedStore(db).end(id, for: reason)
            for signUp in signUps {
                try desk.tell(signUp.person, .volunteerEnded, at: .need(id), acting, db)
            }
            try desk.note("volunteer.need_ended", id.text, acting, db)
            return Address.need(id).with("done", "volunteer_ended")
        }
    }
}
