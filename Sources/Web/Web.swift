import Hummingbird

/// The router of the whole site: the way in that every request takes, then the features.
///
/// Outermost first: the log sees every answer, the headers go on every answer, the reader's
/// language is settled before anything can be refused, a refusal of any kind becomes a page, the
/// doors of the features say who the reader is before any route asks, and then their forms and the
/// work they make are counted.
package func makeRouter(site: Site, features: [Feature]) -> Router<AppContext> {
    let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestLog())
    router.add(middleware: HeadAnswers())
    router.add(middleware: SecurityHeaders(site: site))
    router.add(middleware: RequestOrigin(site: site))
    router.add(middleware: ReaderChoice())
    router.add(middleware: RefusalPages(site: site))
    router.add(middleware: RequestLimits())
    router.add(middleware: ApiMethods())
    let health = Health(site: site)
    let routes = Routes(paths: router, fields: site.sentFields)
    routes.get("health/live", needs: .everybody, use: health.live)
    routes.get("health/ready", needs: .everybody, use: health.ready)
    router.add(middleware: ThroughProxy(proxies: site.proxies))
    router.add(middleware: FormOrigin(site: site))
    router.add(
        middleware: FormRates(now: site.now, beside: { $0.formSeed.knownBrowser }) { $0.client })
    // What every page needs is neither counted nor refused, and needs no door.
    routes.get("assets/**", needs: .everybody, use: ShowAsset(assets: site.assets).handle)
    for feature in features {
        if let door = feature.door { router.add(middleware: door(site)) }
    }
    // From here on the reader is known: a form that is refused goes back to them alone.
    router.add(middleware: RefusalPages(site: site))
    router.add(middleware: FormRates(now: site.now) { $0.reader.account?.text })
    router.add(middleware: WorkRates(site))
    router.add(middleware: RefusalLog())
    for feature in features { feature.routes(routes, site) }
    return router
}
