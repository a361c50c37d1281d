import Accounts
import Core
import Figures
import Foundation
import Hummingbird
import Ledger
import Logging
import Messages
import Papers
import ReportDesk
import Reports
import Requests
import Rights
import Uploads
import Web

/// The site over one district, ready to answer.
package struct Server: Sendable {
    package let site: Site
    package let accounts: Accounts
    package let uploads: Uploads
    package let requests: Requests
    private let figures: Figures
    private let features: [Feature]
    private let logger: Logger

    /// How a server is set up, beside its district.
    package struct Setting: Sendable {
        /// A sentence above every page.
        package var notice: Wording?
        /// Whether the accounts of the demonstration may sign in.
        package var isDemonstration = false
        /// Whether a proxy of ours stands before it, which speaks HTTPS.
        package var isBehindProxy = false
        /// The only addresses that are answered; empty for all that can reach the server.
        package var proxies: Set<Proxy> = []
        /// How many seconds of work one sender may ask for in a minute.
        package var workSeconds = Limits.workSeconds
        /// Is told what is due to be deleted and waits for a confirmation.
        package var waits: @Sendable ([Retention.Part]) -> Void = { _ in }

        package init(
            notice: Wording? = nil, isDemonstration: Bool = false, isBehindProxy: Bool = false,
            proxies: Set<Proxy> = [], workSeconds: Int = Limits.workSeconds
        ) {
            self.proxies = proxies
            self.notice = notice
            self.isDemonstration = isDemonstration
            self.isBehindProxy = isBehindProxy
            self.workSeconds = workSeconds
        }
    }

    /// What stands above every page of the demonstration.
    package static let fictional = Wording(
        zh: "演示区：人物、单位内部事务和数字均为虚构。",
        en: "A demonstration: its persons, affairs and numbers are fictional.")

    /// - Parameter other: a server of the same program, whose words, templates and style sheets
    ///   are not read again, for whoever opens many; its district has no words of its own.
    package init(
        _ district: District, home: Home, data: DataFolder, setting: Setting = Setting(),
        passwords: Passwords = Passwords(), like other: Server? = nil, logger: Logger
    ) throws {
        self.logger = logger
        figures = Figures(district, columns: ColumnShelf(district.catalogue))
        let papers = try Papers(figures, folders: [home.catalogue, data.catalogue])
        accounts = Accounts(
            district, passwords: passwords, isDemonstration: setting.isDemonstration,
            openID: try data.openID().map { OpenIDProvider($0, now: district.now) })
        uploads = Uploads(district, accounts, folder: data.uploads, logger: logger)
        requests = try Requests(
            district,
            services: other.map {
                try ServiceCatalogue(
                    folders: district.folders.filter { $0 != home.catalogue },
                    district.catalogue, over: $0.requests.services)
            })
        let terms =
            try other.map { try Terms(folders: [data.catalogue], over: $0.site.terms) }
            ?? Terms(folders: [home.catalogue, data.catalogue])
        let messages = Messages(
            district, accounts, setting: try data.messages(), terms: terms)
        features = App.features(
            of: Shared(
                accounts: accounts, uploads: uploads, messages: messages, papers: papers,
                review: try ReviewDesk(
                    folders: [home.catalogue, data.catalogue], district.catalogue),
                requests: requests),
            data: data, logger: logger,
            waits: setting.waits)
        site = try Site(
            features: features, database: district.database, terms: terms,
            assets: try other?.site.assets ?? Assets(folder: home.assets), like: other?.site,
            now: district.now,
            notice: setting.notice, logger: logger, formKey: district.key.derived("form"),
            isBehindProxy: setting.isBehindProxy, proxies: setting.proxies,
            workSeconds: setting.workSeconds)
    }

    package var router: Router<AppContext> { makeRouter(site: site, features: features) }

    /// The background work of all features.
    package var jobs: [JobKind] { features.flatMap(\.jobs) }

    /// What does it.
    package var runner: JobRunner {
        JobRunner(
            site.database, jobs, bell: site.bell, now: site.now
        ) { [logger] job, error in
            logger.error(
                "job",
                metadata: [
                    "kind": "\(job?.kind ?? "–")", "subject": "\(job?.subject ?? "–")",
                    "error": "\(error)",
                ])
        }
    }

    /// Reads the records of figures into memory. A page that comes sooner is read from the ledger,
    /// as all are where it fails.
    package func remember() async {
        do {
            try await figures.remember()
        } catch is CancellationError {
        } catch {
            logger.error("columns", metadata: ["error": "\(error)"])
        }
    }

    /// Serves until the process is asked to stop, and does the background work beside it, unless
    /// the folder is only read.
    ///
    /// - Parameter address: where it listens; on loopback unless somebody decided otherwise.
    package func run(
        address: String = "127.0.0.1", port: Int, logger: Logger,
        ready: @escaping @Sendable (Int) -> Void
    ) async throws {
        let application = Application(
            router: router, server: .guarded(site),
            configuration: .init(
                address: .hostname(address, port: port), serverName: "groundwork"),
            onServerRunning: { channel in ready(channel.localAddress?.port ?? port) },
            logger: logger)
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask {
                try await application.runService()
                return .service
            }
            if !site.database.isReadOnly {
                group.addTask {
                    try await runner.run()
                    return .service
                }
            }
            group.addTask {
                await remember()
                return .memory
            }
            // The service ends when the process is asked to stop, and ends the work with it.
            while let part = try await group.next(), part != .service {}
            group.cancelAll()
        }
    }

    /// What runs beside each other: the service and its work last, while reading into memory ends.
    private enum Part { case service, memory }
}

extension Accounts {
    /// The accounts of a district.
    package init(
        _ district: District, passwords: Passwords, isDemonstration: Bool,
        openID: OpenIDProvider? = nil
    ) {
        self.init(
            database: district.database, catalogue: district.catalogue, key: district.key,
            now: district.now, structure: { try district.structure($0) },
            posts: { try district.holdings(of: $0, on: $1, $2) }, passwords: passwords,
            isDemonstration: isDemonstration, openID: openID)
    }
}
