import Core
import Requests
import Web

/// Open311 GeoReport v2: requests of residents for programs that speak it, on the same cases.
package func open311(_ requests: Requests) -> Feature {
    Feature(
        name: "open311",
        routes: { router, site in
            let report = GeoReport(
                requests: requests, site: site,
                rates: RateLimit(
                    GeoReport.filedPerMinute, per: 60_000, now: requests.district.now))
            route(router, report)
        })
}

private func route(_ router: Routes, _ report: GeoReport) {
    router.get(
        "open311/v2/discovery.xml", needs: .everybody,
        use: Discover(report: report, format: .xml).handle)
    router.get(
        "open311/v2/discovery.json", needs: .everybody,
        use: Discover(report: report, format: .json).handle)
    router.get(
        "open311/v2/services.xml", needs: .everybody,
        use: ListServices(report: report, format: .xml).handle)
    router.get(
        "open311/v2/services.json", needs: .everybody,
        use: ListServices(report: report, format: .json).handle)
    router.get(
        "open311/v2/services/:file", needs: .everybody, use: ShowDefinition(report: report).handle)
    router.get(
        "open311/v2/requests.xml", needs: .everybody,
        use: ListRequests(report: report, format: .xml).handle)
    router.get(
        "open311/v2/requests.json", needs: .everybody,
        use: ListRequests(report: report, format: .json).handle)
    router.post(
        "open311/v2/requests.xml", needs: .everybody, fields: PostRequest.fields,
        use: PostRequest(report: report, format: .xml).handle)
    router.post(
        "open311/v2/requests.json", needs: .everybody, fields: PostRequest.fields,
        use: PostRequest(report: report, format: .json).handle)
    router.get(
        "open311/v2/requests/:file", needs: .everybody, use: ShowRequest(report: report).handle)
    router.get(
        "open311/v2/tokens/:file", needs: .everybody, use: ShowToken(report: report).handle)
}
