import Core
import Figures
import Foundation
import Hummingbird
import Ledger
import Logging
import Reports
import Web

/// The site over one district, ready to answer.
package struct Server: Sendable {
    package let site: Site
    private let features: [Feature]

    package init(
        _ district: District, home: Home, data: DataFolder, notice: Wording?, logger: Logger
    ) throws {
        let figures = Figures(district)
        let reports = try Reports(figures, folders: [home.catalogue, data.catalogue])
        features = App.features(figures, reports)
        site = try Site(
            features: features, database: district.database,
            terms: try Terms(folders: [home.catalogue, data.catalogue]),
            assets: try Assets(folder: home.assets), now: district.now, notice: notice,
            logger: logger)
    }

    package var router: Router<AppContext> { makeRouter(site: site, features: features) }

    /// Serves on loopback until the process is asked to stop.
    package func run(port: Int, logger: Logger, ready: @escaping @Sendable (Int) -> Void)
        async throws
    {
        let application = Application(
            router: router,
            configuration: .init(
                address: .hostname("127.0.0.1", port: port), serverName: "groundwork"),
            onServerRunning: { channel in ready(channel.localAddress?.port ?? port) },
            logger: logger)
        try await application.runService()
    }
}
