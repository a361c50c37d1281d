import Core
import Hummingbird
import Storage
import Web

/// POST /my/views. For anyone who is signed in: keeps the address of a public page under a name, or
/// changes the name and the place of one that is kept. Only who may issue reports puts it on the
/// home page.
struct SaveView: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let list = ListViews(accounts: accounts, site: site)
        return try await context.mending(form) {
            var reader = FormReader(form)
            let name = reader.line(
                "name", upTo: SavedView.nameCharacters,
                missing: Wording(zh: "请填写名称。", en: "Give it a name."))
            let place = reader.choice(
                "place", as: SavedView.Place.self,
                missing: Wording(zh: "请选择放在哪里。", en: "Choose where it should stand."))
            let address = try form.text("address").flatMap(site.saveable)
            if address == nil {
                reader.fault(
                    "address", zh: "只能保存公开的页面，请从页面上点“保存本页”。",
                    en: "Only public pages can be saved: press “Save this page” on one.")
            }
            try reader.check()
            guard let address, let place else { throw Refusal.notFound }
            let done = try await accounts.once(form, context, needs: .signedIn) {
                [accounts] acting, db in
                try accounts.save(name, address, place, acting, db)
                return (true, Address.views.with("done", "view_saved"))
            }
            return site.redirect(to: done.address)
        } again: {
            try await list.show(context, $0, address: try? form.text("address"))
        }
    }
}

extension ActingAccount {
    /// Whether they may put a page on the home page: who may issue reports of the whole district.
    var mayPutHome: Bool {
        structure.root(nearest: today).map { may(.report, in: $0.unit) } ?? false
    }
}

extension Accounts {
    fileprivate func save(
        _ name: String, _ address: Address, _ place: SavedView.Place, _ acting: ActingAccount,
        _ db: Connection
    ) throws {
        let views = SavedViewStore(db)
        let known = try views.find(address.text, of: acting.account)
        if place == .home {
            guard acting.mayPutHome else {
                throw Refusal.invalid(
                    "place", zh: "只有负责签发全区报告的人可以放到首页。",
                    en: "Only who may issue reports of the district puts a page on the home page.")
            }
            guard try known?.place == .home || views.countOnHome() < SavedView.homeLimit else {
                throw Refusal.invalid(
                    "place", zh: "首页最多放\(SavedView.homeLimit)个，请先移除一个。",
                    en: "The home page has room for \(SavedView.homeLimit): take one off first.")
            }
        }
        let id = known?.id ?? SavedView.ID.make()
        if known == nil {
            guard try views.list(of: acting.account).count < SavedView.limit else {
                throw Refusal.invalid(
                    "name", zh: "最多可保存\(SavedView.limit)个页面，请先移除一个。",
                    en: "There can be \(SavedView.limit) saved pages: remove one first.")
            }
            try views.insert(
                id, of: acting.account, name: name, address: address.text, place: place,
                at: acting.moment)
        } else {
            try views.change(id, name: name, place: place)
        }
        // What stands on the home page changes what everybody reads.
        try Audit(db, key: key).record(
            "view.saved", id.text, by: acting.actor, at: acting.moment,
            quietly: place != .home && known?.place != .home)
    }
}
