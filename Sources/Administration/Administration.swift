import Accounts
import Ledger
import Web

/// Administration: accounts, grants, lists of names, persons, the catalogue, and the audit.
package func administration(_ district: District, _ accounts: Accounts) -> Feature {
    Feature(
        name: "administration",
        navigation: [
            Destination(
                "nav_accounts", .accounts, path: "/admin/accounts", needs: .right(.accounts)),
            Destination(
                "nav_persons", .persons, path: "/admin/persons", needs: .right(.accounts),
                waiting: Waiting { _, db in try ProposedPersonStore.waitingCount(db) }),
            Destination("nav_jobs", .jobs, path: Address.jobs.text, needs: .right(.accounts)),
            Destination("nav_grants", .grants, path: "/admin/grants", needs: .right(.grants)),
            Destination(
                "nav_releases", .releases, path: "/admin/releases", needs: .right(.grants)),
            Destination(
                "nav_sealed_lists", .sealedLists, path: "/admin/sealed", needs: .right(.grants)),
            Destination(
                "nav_own_kinds", .add, path: Address.ownKinds.text, needs: .right(.kinds)),
            Destination(
                "nav_calendars", .calendar, path: Address.calendars.text, needs: .right(.kinds)),
            Destination(
                "nav_kind_releases", .done, path: Address.kindReleases.text,
                needs: .right(.grants),
                waiting: Waiting { _, db in try OwnKindStore(db: db).waitingCount() }),
            Destination("nav_audit", .audit, path: "/admin/audit", needs: .right(.audit)),
            Destination("nav_catalogue", .catalogue, path: "/admin/catalogue", needs: .office),
            Destination("nav_sealed", .sealed, path: "/sealed", needs: .listed),
        ],
        templates: .module, pages: [DeskPage.self, JobsPage.self],
        routes: { router, site in
            let app = Services(district, accounts, site)
            routeAccounts(router, app)
            routeGrants(router, app)
            routeOwnKinds(router, app)
            routeKindReleases(router, app)
            routeCalendars(router, app)
            let sealed = OpenSealed(app: app)
            router.get("sealed", needs: .listed, use: sealed.list)
            router.get("sealed/:kind", needs: .listed, use: sealed.show)
            router.post("sealed/:kind", needs: .listed, use: sealed.handle)
            router.get(
                "admin/catalogue", needs: .office, use: ShowCatalogue(app: app).handle)
            router.get("admin/audit", needs: .right(.audit), use: ShowAudit(app: app).handle)
            let export = ExportAudit(app: app)
            router.get("admin/audit/export", needs: .right(.audit), use: export.show)
            router.post(
                "admin/audit/export", needs: .right(.audit), fields: AuditForm.fields,
                use: export.handle)
        },
        desk: { site in ProposedPersons(app: Services(district, accounts, site)).deskParts })
}
