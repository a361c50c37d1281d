import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// POST /admin/grants/:account. For the security administrator: gives a role over some days.
/// POST /admin/grants/:account/end/:grant. Takes it away at once.
struct GiveRole: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.grants), at: "role") {
            [app] acting, db in
            let new = try NewRole(form)
            let account = try app.account(context, db)
            try app.give(new, to: account, acting, db)
            return Address.grants(account.id).with("done", "role_given")
        } again: {
            try await ShowGrants(app: app).page(context, $0)
        }
    }

    @Sendable func end(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("grant", of: Grant.self)
        return try await app.submit(form, context, needs: .right(.grants)) { [app] acting, db in
            let account = try app.account(context, db)
            let grants = GrantStore(db)
            guard let grant = try grants.find(id), grant.account == account.id else {
                throw Refusal.notFound
            }
            if try grants.end(id, at: acting.moment, by: acting.actor) {
                try app.audit(db).record(
                    "role.ended", id.text, by: acting.actor, at: acting.moment, quietly: true)
                try Outbox(db).put(
                    .roleEnded, to: account.id, at: .mine, by: acting.actor, acting.moment)
            }
            return Address.grants(account.id).with("done", "role_ended")
        }
    }
}

extension Message.Event {
    fileprivate static let roleGiven = Message.Event("role_given")
    fileprivate static let roleEnded = Message.Event("role_ended")
}

/// A role that somebody is to be given.
struct NewRole: Sendable {
    let role: String
    /// The code or the name of the unit.
    let unit: String
    let from: Day
    /// The last day it holds; nil leaves it open.
    let last: Day?

    init(role: String, unit: String, from: Day, last: Day?) {
        self.role = role
        self.unit = unit
        self.from = from
        self.last = last
    }

    init(_ form: Form) throws(Refusal) {
        var reader = FormReader(form)
        role = reader.line("role")
        unit = reader.line("unit")
        let from = reader.firstDay("from")
        last = reader.day("until")
        try reader.check()
        self.from = from ?? .first
    }
}

extension Services {
    /// Gives a role, after everything that could be wrong with it.
    func give(
        _ new: NewRole, to account: Account, _ acting: ActingAccount, _ db: Connection
    ) throws {
        try requireGrantable(account, by: acting.actor, at: "role")
        guard let role = district.catalogue.roles[new.role] else {
            throw Refusal.invalid("role", zh: "配置中没有这个角色。", en: "There is no such role.")
        }
        var units = UnitReading(acting.structure, on: new.from)
        units.forms = role.forms
        let unit = try units.unit(new.unit)
        guard role.forms.isEmpty || role.forms.contains(unit.form) else {
            throw Refusal.invalid(
                "unit", zh: "“\(role.name.zh)”不能在“\(unit.name)”这类单位授予。",
                en: "“\(role.name.en)” cannot be held at a unit like “\(unit.name)”.")
        }
        try requireDays(new.from, new.last, on: acting.today)
        let until = new.last.map { $0 + 1 }
        let grants = GrantStore(db)
        let history = try grants.history(of: account.id)
        let overlaps = history.contains { grant in
            grant.endedAt == nil && grant.role == role.id && grant.unit == unit.unit
                && (until.map { grant.from < $0 } ?? true)
                && (grant.until.map { new.from < $0 } ?? true)
        }
        guard !overlaps else {
            throw Refusal.invalid(
                "role", zh: "这些天里此人在该单位已有这个角色。",
                en: "The account has this role there on some of these days already.")
        }
        // More are not read, so one more would push a standing one out of sight.
        guard history.count < Grant.perAccount else {
            throw Refusal.invalid(
                "role", zh: "该账号的授权已达 \(Grant.perAccount) 项，请另设账号。",
                en: "The account was given \(Grant.perAccount) roles already: make another one.")
        }
        let id = Grant.ID.make()
        try grants.insert(
            id, account: account.id, role: role.id, unit: unit.unit, from: new.from,
            until: until, at: acting.moment, by: acting.actor)
        try audit(db).record(
            "role.given", id.text, by: acting.actor, at: acting.moment, quietly: true)
        try Outbox(db).put(
            .roleGiven, to: account.id, at: .mine, by: acting.actor, acting.moment)
    }

    /// Lets only those accounts pass to which somebody may give anything.
    func requireGrantable(_ account: Account, by actor: Actor, at place: String) throws {
        guard account.id.text != actor.name else {
            throw Refusal.invalid(
                place, zh: "不能给自己授权。", en: "Nobody gives anything to himself.")
        }
        guard account.office == nil else {
            throw Refusal.invalid(
                place, zh: "管理员账号不能有角色，也不能列入名单。",
                en: "An administrator holds no role and stands on no list.")
        }
        guard !account.isDisabled else {
            throw Refusal.invalid(place, zh: "该账号已停用。", en: "The account is disabled.")
        }
    }

    /// The days of what is given: never before today, so that nobody rewrites what they could do.
    func requireDays(_ from: Day, _ last: Day?, on today: Day) throws {
        guard from >= today else {
            throw Refusal.invalid(
                "from", zh: "首日不能早于今天（\(today)）。",
                en: "The first day cannot lie before today, \(today).")
        }
        guard last.map({ $0 >= from }) ?? true else {
            throw Refusal.invalid(
                "until", zh: "末日不能早于首日。", en: "The last day cannot lie before the first.")
        }
        // The day after it could not be written.
        guard last != Day.last else {
            throw Refusal.invalid(
                "until", zh: "没有末日请留空。", en: "Leave this blank where there is no last day.")
        }
    }
}
