import Accounts
import Ledger
import Web

/// Dues: what the units of a reader owe by rule, until when, and how much of it is done; on pages
/// and in the calendar of his choice.
package func dues(_ district: District, _ accounts: Accounts) -> Feature {
    Feature(
        name: "dues",
        navigation: [Destination("nav_dues", .dues, path: Address.dues.text, needs: .right(.read))],
        templates: .module,
        pages: [DuesPage.self, DuePage.self, FeedsPage.self],
        routes: { router, site in
            let list = ListDues(district: district, site: site)
            router.get("dues", needs: .right(.read), use: list.handle)
            let feeds = ListFeeds(district: district, site: site)
            router.get("dues/calendar", needs: .right(.read), use: feeds.handle)
            let make = MakeFeed(district: district, accounts: accounts, site: site)
            router.post("dues/calendar", needs: .right(.read), use: make.handle)
            let end = EndFeed(district: district, site: site)
            router.post("dues/calendar/end", needs: .right(.read), use: end.handle)
            let fetch = FetchFeed(district: district, accounts: accounts, site: site)
            router.get("dues/feed/:key", needs: .everybody, use: fetch.handle)
            let due = ShowDue(district: district, site: site)
            router.get("dues/:due", needs: .right(.read), use: due.handle)
        })
}
