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
    for format in GeoFormat.allCases {
        router.get(
            "open311/v2/discovery.\(format)", needs: .everybody,
            use: Discover(report: report, format: format).handle)
        router.get(
            "open311/v2/services.\(format)", needs: .everybody,
            use: ListServices(report: report, format: format).handle)
        router.get(
            "open311/v2/requests.\(format)", needs: .everybody,
            use: ListRequests(report: report, format: format).handle)
        router.post(
            "open311/v2/requests.\(format)", needs: .everybody, fields: PostRequest.fields,
            use: PostRequest(report: report, format: format).handle)
    }
    router.get(
        "open311/v2/services/:file", needs: .everybody, use: ShowDefinition(report: report).handle)
    router.get(
        "open311/v2/requests/:file", needs: .everybody, use: ShowRequest(report: report).handle)
    router.get(
        "open311/v2/tokens/:file", needs: .everybody, use: ShowToken(report: report).handle)
}
