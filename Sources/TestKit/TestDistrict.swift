import Accounts
import App
import Catalogue
import Core
import Figures
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import Organization
import Reports
import Storage
import Web

/// A district for one test: a fresh database, the project's own catalogue, a clock that stands
/// still, and a folder for its files.
package struct TestDistrict: Sendable {
    package let district: District
    package let folder: DataFolder
    /// The records in memory, brought up to each write as the server does.
    package let columns: ColumnShelf
    /// Figures that keep their answers from one test step to the next, as the server does.
    package let keptFigures: Figures

    package init(district: District, folder: DataFolder) {
        self.district = district
        self.folder = folder
        columns = ColumnShelf(district.catalogue)
        keptFigures = Figures(district, columns: columns)
    }

    /// The project's folder, found from this file.
    package static let home = Home(
        folder: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path)

    /// Noon of 1 July 2015 in the district.
    package static let moment = Moment(milliseconds: 1_435_723_200_000)

    package static let actor = Actor(name: "tester", standing: .system)

    package var database: Database { district.database }
    package var figures: Figures { Figures(district) }

    package func reports() throws -> Reports {
        try Reports(figures, folders: [Self.home.catalogue, folder.catalogue])
    }

    /// Runs the body with a new district on an engine, and removes everything afterwards.
    ///
    /// - Parameters:
    ///   - folders: folders of catalogue behind the project's own.
    ///   - example: whether the district has the demonstration's catalogue as its own.
    @discardableResult
    package static func with<T: Sendable>(
        _ engine: Engine, catalogue folders: [String] = [], example: Bool = false,
        now: @escaping @Sendable () -> Moment = { TestDistrict.moment },
        _ body: (TestDistrict) async throws -> T
    ) async throws -> T {
        let data = freshFolder()
        defer { try? FileManager.default.removeItem(atPath: data.path) }
        try data.create()
        if example { try data.adoptCatalogue(from: home.exampleCatalogue) }
        let own = example ? [data.catalogue] : []
        return try await engine.withCopy(of: empty) { location in
            try await open(data, location, catalogue: own + folders, now: now, body)
        }
    }

    /// A database with every table and nothing in them.
    private static let empty = Template { location in
        let database = try Database(location)
        defer { database.close() }
        try await database.migrate(migrations)
    }

    static func freshFolder() -> DataFolder {
        DataFolder(
            FileManager.default.temporaryDirectory
                .appending(path: "groundwork_\(UUID().uuidString)").path)
    }

    /// Runs the body with the district of a folder and a database, which has its tables already.
    static func open<T: Sendable>(
        _ data: DataFolder, _ location: Location, catalogue folders: [String],
        now: @escaping @Sendable () -> Moment, _ body: (TestDistrict) async throws -> T
    ) async throws -> T {
        let catalogue = try Catalogue(folders: folders, over: OnceRead.catalogue.get())
        var options = DatabaseOptions()
        try data.keep(&options, options.logger)
        let database = try Database(location, options: options)
        defer { database.close() }
        try await database.migrate(migrations)
        let district = District(
            database: database, catalogue: catalogue,
            key: try AuditKey(file: data.keyFile),
            sealedKey: try SecretKey(sealedFile: data.sealedKeyFile), declared: declarations,
            now: now,
            folders: [home.catalogue] + folders.filter { $0 != data.catalogue } + [data.catalogue])
        return try await body(TestDistrict(district: district, folder: data))
    }

    /// Writes a file with this text into the district's folder and answers its path.
    package func file(_ name: String, _ text: String) throws -> String {
        try file(name, bytes: Array(text.utf8))
    }

    package func file(_ name: String, bytes: [UInt8]) throws -> String {
        let path = folder.path + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Imports a text as a file.
    package func importText(_ text: String, what: String) async throws -> ImportOutcome {
        let path = try file("\(UUID().uuidString).csv", text)
        return try await district.importFile(path, what: what, by: Self.actor)
    }

    /// Imports a text that must be accepted.
    ///
    /// - Returns: the import's id.
    @discardableResult
    package func accept(_ text: String, what: String) async throws -> String {
        switch try await importText(text, what: what) {
        case .published(let id, _), .recognized(let id): return id
        case .refused(let faults): throw UnexpectedFaults(faults: faults)
        }
    }

    /// A small district: one street with two communities of two grids each, a bureau with two
    /// branches, and the party tree over them, all from 1 January 2014.
    package func foundSmallDistrict() async throws {
        try await accept(Self.smallDistrict, what: "units")
    }

    package static let smallDistrict = """
        编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期
        410102,试验区,district,,,,2014-01-01,
        410102001,甲街道,street,410102,410102,,2014-01-01,
        410102001001,一社区,community,410102001,,,2014-01-01,
        410102001002,二社区,community,410102001,,,2014-01-01,
        410102001001001,一社区一网格,grid,410102001001,,,2014-01-01,
        410102001001002,一社区二网格,grid,410102001001,,,2014-01-01,
        410102001002001,二社区一网格,grid,410102001002,,,2014-01-01,
        410102001002002,二社区二网格,grid,410102001002,,,2014-01-01,
        DW-1,一社区小支部,small_branch,410102001001,410102001,,2014-01-01,
        DW-2,二社区小支部,small_branch,410102001002,410102001,,2014-01-01,
        BUR-EDU,教体局,bureau,410102,410102,410102,2014-01-01,
        EDU-1,教体局第一支部,branch,,BUR-EDU,,2014-01-01,
        EDU-2,教体局第二支部,branch,,BUR-EDU,,2014-01-01,
        """

    /// Answers a question as a person writes it: from the ledger, and from columns, which must say
    /// the same.
    package func answer(
        _ indicator: String, _ unit: String, _ period: String,
        _ structure: Question.Standpoint = .then, at position: Int? = nil
    ) async throws -> Answer {
        let figures = figures
        return try await database.read { db in
            let reading = try figures.reading(db)
            let asked = try reading.question(
                indicator, unit: unit, period: period, structure: structure)
            guard let position else {
                let answer = try reading.reckoner.answer(asked)
                let same = try readingOfColumns(db).reckoner.answer(asked)
                guard same == answer else {
                    throw ColumnsDiffer(question: asked, ledger: answer, columns: same)
                }
                return answer
            }
            return try reading.reckoner.answer(
                asked.asking(at: position, today: try reading.today(at: position)))
        }
    }

    /// A reading that asks columns first, which are read from the ledger the first time and brought
    /// up to it from then on.
    package func readingOfColumns(_ db: Connection) throws -> Figures.Reading {
        let position = try Audit(db, key: district.key).position()
        if !columns.isLoaded { try columns.load(db, at: position) }
        return try Figures(district, columns: columns).reading(db)
    }

    package func phrase(
        _ indicator: String, _ unit: String, _ period: String, _ language: Language = .zh
    ) async throws -> String {
        let answer = try await answer(indicator, unit, period)
        return Phrase(answer, district.catalogue.indicators[indicator]!, language).text
    }

    /// The newest position of the ledger.
    package func position() async throws -> Int {
        try await database.read { db in try Audit(db, key: district.key).position() }
    }

    /// Runs the body with a client of the real router over this district.
    ///
    /// - Parameters:
    ///   - workSeconds: what each sender may ask for in a minute; a lot, for most clocks of tests
    ///     stand still.
    ///   - log: what keeps the lines that are logged; they are lost unless given.
    ///   - logger: the logger itself, for a test of what is written where.
    package func withSite(
        isDemonstration: Bool = true, workSeconds: Int = Limits.mostWorkSeconds,
        log: CapturedLog? = nil, logger given: Logger? = nil,
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        if let log { logger = Logger(label: "test") { _ in log.handler } }
        if let given { logger = given }
        let server = try Server(
            district, home: Self.home, data: folder,
            setting: Server.Setting(
                isDemonstration: isDemonstration, workSeconds: workSeconds),
            passwords: Passwords(cost: 4), like: OnceRead.server.withLock { $0 }, logger: logger)
        OnceRead.keep(server, of: folder)
        await server.remember()
        try await Application(router: server.router, logger: logger).test(.router, body)
    }
}

/// Columns that say something else than the ledger.
package struct ColumnsDiffer: Error {
    package let question: Question
    package let ledger: Answer
    package let columns: Answer
}

/// An import that a test expected to be accepted was not.
package struct UnexpectedFaults: Error, CustomStringConvertible {
    package let faults: [RowFault]

    package var description: String {
        faults.prefix(5).map { "\($0.row) \($0.fault.place): \($0.fault.words.en)" }
            .joined(separator: "; ")
    }
}
