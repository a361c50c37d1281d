import Core
import Hummingbird
import Ledger
import Web

/// What the system administrator does: accounts, persons, and people who leave.
func routeAccounts(_ router: Routes, _ app: Services) {
    let need = Need.right(.accounts)
    let list = ListAccounts(app: app, isForGrants: false)
    router.get("admin/accounts", needs: need, use: list.handle)
    let make = MakeAccount(app: app)
    router.get("admin/accounts/new", needs: need, use: make.show)
    router.post("admin/accounts/new", needs: need, use: make.handle)
    router.get(
        "admin/accounts/:account", needs: need, use: ShowAccount(app: app).handle)
    let change = ChangeAccount(app: app)
    router.post("admin/accounts/:account/disable", needs: need, use: change.disable)
    router.post("admin/accounts/:account/enable", needs: need, use: change.enable)
    router.post("admin/accounts/:account/sessions", needs: need, use: change.endSessions)
    router.post("admin/accounts/:account/invite", needs: need, use: change.invite)
    router.post("admin/accounts/:account/person", needs: need, use: change.setPerson)
    let leave = LeaveAccount(app: app)
    router.get("admin/accounts/:account/leaving", needs: need, use: leave.show)
    router.post("admin/accounts/:account/leaving", needs: need, use: leave.handle)
    router.get("admin/jobs", needs: need, use: ListJobs(site: app.site).handle)
    routePersons(router, app)
}

/// Persons: who they are, whom writers miss, and who is one with whom.
private func routePersons(_ router: Routes, _ app: Services) {
    let need = Need.right(.accounts)
    let proposed = ProposedPersons(app: app)
    router.get("admin/persons/proposals", needs: need, use: proposed.list)
    router.get("admin/persons/proposals/:proposal", needs: need, use: proposed.show)
    router.post("admin/persons/proposals/:proposal", needs: need, use: proposed.add)
    router.post(
        "admin/persons/proposals/:proposal/refusal", needs: need, use: proposed.refuse)
    let persons = ShowPersons(app: app)
    router.get("admin/persons", needs: need, use: persons.list)
    router.get("admin/persons/:person", needs: need, use: persons.show)
    let join = JoinPerson(app: app)
    router.post("admin/persons/:person", needs: need, use: join.handle)
    router.post(
        "admin/persons/:person/change", needs: need, use: ChangePerson(app: app).handle)
    router.post("admin/persons/:person/part/:join", needs: need, use: join.part)
}

/// What the security administrator does: roles, addresses for passwords, lists of names, and codes
/// of lost telephones.
func routeGrants(_ router: Routes, _ app: Services) {
    let need = Need.right(.grants)
    let list = ListAccounts(app: app, isForGrants: true)
    router.get("admin/grants", needs: need, use: list.handle)
    router.get("admin/grants/:account", needs: need, use: ShowGrants(app: app).handle)
    let give = GiveRole(app: app)
    router.post("admin/grants/:account", needs: need, use: give.handle)
    router.post("admin/grants/:account/end/:grant", needs: need, use: give.end)
    router.post(
        "admin/grants/:account/codes", needs: need, use: TakeCodes(app: app).handle)
    let pass = PassRoles(app: app)
    router.get("admin/grants/:account/pass", needs: need, use: pass.show)
    router.post(
        "admin/grants/:account/pass", needs: need, fields: ["grant": .carried],
        use: pass.handle)
    let release = ReleaseAddress(app: app)
    router.get("admin/releases", needs: need, use: release.list)
    router.post("admin/releases/:key", needs: need, use: release.handle)
    router.post("admin/releases/:key/refusal", needs: need, use: release.refuse)
    let sealed = SealedLists(app: app)
    router.get("admin/sealed", needs: need, use: sealed.list)
    router.get("admin/sealed/:kind", needs: need, use: sealed.show)
    router.post("admin/sealed/:kind", needs: need, use: sealed.handle)
    router.post("admin/sealed/:kind/strike/:name", needs: need, use: sealed.strike)
}
