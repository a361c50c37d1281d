import Hummingbird

/// The router of the whole site: the way in that every request takes, then the features.
///
/// Outermost first: the log sees every answer, the headers go on every answer, the reader's
/// language is settled before anything can be refused, and a refusal of any kind becomes a page.
package func makeRouter(site: Site, features: [Feature]) -> Router<AppContext> {
    let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestLog())
    router.add(middleware: HeadAnswers())
    router.add(middleware: SecurityHeaders())
    router.add(middleware: ReaderChoice())
    router.add(middleware: RefusalPages(site: site))
    router.add(middleware: RequestLimits())
    router.get("assets/**", use: ShowAsset(assets: site.assets).handle)
    for feature in features { feature.routes(router, site) }
    return router
}
