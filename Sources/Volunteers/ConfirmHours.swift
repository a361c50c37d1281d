import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// POST /volunteers/needs/:id/hours and POST /my/service/hours. Who organizes says how long
/// somebody served, and so does whoever served; only what both say alike becomes a record.
struct ConfirmHours: Sendable {
    let desk: VolunteerDesk

    @Sendable func byOrganizer(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: VolunteerNeed.self)
        let asked = form.all("person").first.flatMap { Person.ID($0) }
        let words = desk.site.words(context)
        return try await desk.app.submit(form, context, needs: .right(.write)) {
            [desk] acting, db in
            let need = try desk.findOwn(id, acting, db)
            guard let asked, let signUp = try SignUpStore(db).find(id, [asked]) else {
                throw Refusal.notFound
            }
            guard try !desk.entries(of: acting.account, db).contains(asked) else {
                throw Refusal.conflict(
                    zh: "自己的时长须由另一位组织者登记。",
                    en: "Your own hours are entered by another organizer.")
            }
            let minutes = try Self.minutes(form)
            let hours = Hours(desk: desk, need: need, reason: words["volunteers_corrected"])
            let isConfirmed = try hours.say(minutes, by: .organizer, signUp, acting, db)
            if !isConfirmed { try desk.tell(asked, .volunteerHours, at: .service, acting, db) }
            return Address.need(id).with("done", Self.done(isConfirmed))
        }
    }

    @Sendable func byVolunteer(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let asked = form.all("need").first.flatMap { VolunteerNeed.ID($0) }
        let words = desk.site.words(context)
        return try await desk.app.submit(form, context, needs: .signedIn) { [desk] acting, db in
            let person = try desk.person(of: acting.account, db)
            guard let asked, let signUp = try SignUpStore(db).find(asked, person.all) else {
                throw Refusal.notFound
            }
            let need = try desk.find(asked, db)
            let hours = Hours(desk: desk, need: need, reason: words["volunteers_corrected"])
            let isConfirmed = try hours.say(
                try Self.minutes(form), by: .volunteer, signUp, acting, db)
            return Address.service.with("done", Self.done(isConfirmed))
        }
    }

    private static func done(_ isConfirmed: Bool) -> String {
        isConfirmed ? "volunteer_confirmed" : "volunteer_said"
    }

    private static func minutes(_ form: Form) throws(Refusal) -> Int {
        var reader = FormReader(form)
        let minutes = StateNeed.number(&reader, "service_minutes", VolunteerLimits.minutes)
        try reader.check()
        guard let minutes else { throw .notFound }
        return minutes
    }
}

/// How long somebody served, as both sides say it.
struct Hours {
    enum Side { case organizer, volunteer }

    let desk: VolunteerDesk
    let need: VolunteerNeed
    /// Why a record is reversed whose hours one side corrects.
    let reason: String

    /// Keeps what one side says. Where both say the same it becomes a record; a correction takes
    /// that back, and both confirm again.
    ///
    /// - Returns: whether it is confirmed now.
    func say(
        _ minutes: Int, by side: Side, _ known: SignUp, _ acting: ActingAccount, _ db: Connection
    ) throws -> Bool {
        guard need.endedFor == nil, need.heldOn <= acting.today, known.state == .taken else {
            throw Refusal.conflict(
                zh: "活动当天起才能确认时长，且须已报名。",
                en: "Hours are confirmed from the day on, for who had signed up.")
        }
        var signUp = known
        if let record = known.record {
            guard known.organizer?.minutes != minutes else {
                throw Refusal.conflict(
                    zh: "双方已确认这个时长。", en: "Both sides confirmed this already.")
            }
            _ = try desk.district.reverse(record, because: reason, by: acting.actor, db: db)
            (signUp.organizer, signUp.volunteer, signUp.record) = (nil, nil, nil)
        } else if let said = known.organizer, said.minutes == known.volunteer?.minutes {
            // Its record was voided elsewhere: both begin again.
            (signUp.organizer, signUp.volunteer) = (nil, nil)
        }
        switch side {
        case .organizer:
            signUp.organizer = SignUp.Said(
                minutes: minutes, at: acting.moment, by: acting.account.text)
        case .volunteer:
            signUp.volunteer = SignUp.Said(minutes: minutes, at: acting.moment)
        }
        if signUp.organizer?.minutes == signUp.volunteer?.minutes {
            signUp.record = try post(minutes, signUp, acting, db)
        }
        try SignUpStore(db).say(signUp)
        return signUp.isConfirmed
    }

    /// Writes the deed into the ledger: the organizer's entry, which the other side confirmed.
    private func post(
        _ minutes: Int, _ signUp: SignUp, _ acting: ActingAccount, _ db: Connection
    ) throws -> Record.ID {
        guard let kind = desk.kinds.deed, let organizer = signUp.organizer?.by,
            let unit = acting.structure.version(need.unit, on: need.heldOn)
        else {
            throw Refusal.conflict(
                zh: "本区没有志愿服务时长这类记录，或该单位当日不存在，无法登记。",
                en: "The district records no hours, or the unit did not exist on that day.")
        }
        let entry = try desk.district.read(
            VolunteerKinds.values(
                kind, of: need, person: signUp.person, minutes: minutes, unit: unit.code),
            kind: kind, db: db)
        let writer = Actor(name: organizer, standing: .account)
        try desk.district.post(
            entry, by: writer,
            confirmer: organizer == acting.account.text ? nil : acting.actor, db: db)
        return entry.id
    }
}
