import App
import Core
import Foundation
import Ledger
import Logging
import Storage

extension DataFolder {
    /// Opens the district of a measurement on the engine that the environment names. A new one has
    /// the demonstration's units and nothing else.
    ///
    /// - Parameters:
    ///   - schema: where it lies on PostgreSQL.
    ///   - batchLimit: how many writes may share a commit; nil for the usual number.
    func openMeasured(schema: String, batchLimit: Int? = nil) async throws -> District {
        let isNew = !exists
        if isNew { try create() }
        let home = try Home.find()
        var options = DatabaseOptions()
        options.logger = Logger(label: "bench")
        if let batchLimit { options.batchLimit = batchLimit }
        let location =
            if let url = ProcessInfo.processInfo.environment["DATABASE_URL"], !url.isEmpty {
                Location.postgres(url: url, schema: "bench_" + schema)
            } else {
                Location.sqlite(path: path + "/groundwork.db")
            }
        let database = try Database(location, options: options)
        try await database.migrate(migrations)
        let district = District(
            database: database, catalogue: try loadCatalogue(home),
            key: try AuditKey(file: keyFile), sealedKey: try SecretKey(sealedFile: sealedKeyFile),
            declared: declarations)
        if isNew {
            let units = home.demonstration + "/data/units.csv"
            guard
                case .published = try await district.importFile(
                    units, what: "units", by: Actor(name: "bench", standing: .system))
            else { throw Unsound("the demonstration's units were not accepted") }
        }
        return district
    }
}
