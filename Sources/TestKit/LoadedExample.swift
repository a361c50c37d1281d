import App
import Core
import Foundation
import Storage

/// An example district with all its files, loaded once in a run of tests and copied for each that
/// begins with it. Its keys are copied with it: the marks of its rows are made with them.
package struct LoadedExample: Sendable {
    package static let zhongyuan = LoadedExample("zhongyuan") { TestDistrict.moment }
    /// Two years after its last change, so that the map of today is not the map of its periods.
    package static let chenghu = LoadedExample("chenghu") {
        Moment(milliseconds: 1_782_864_000_000)
    }

    private struct Loaded: Sendable {
        let folder: DataFolder
        let database: Template
    }

    private let now: @Sendable () -> Moment
    private let loaded: [Engine: Loaded]

    private init(_ name: String, now: @escaping @Sendable () -> Moment) {
        let example = TestDistrict.home.examples + "/" + name
        self.now = now
        loaded = Dictionary(
            uniqueKeysWithValues: Engine.available.map { engine in
                let data = TestDistrict.freshFolder()
                let database = Template { location in
                    try data.create()
                    try data.adoptCatalogue(from: example + "/catalogue")
                    atEndOfRun { try? FileManager.default.removeItem(atPath: data.path) }
                    try await TestDistrict.open(
                        data, location, catalogue: [data.catalogue], now: now
                    ) {
                        try await $0.loadDemonstration(from: example + "/data")
                    }
                }
                return (engine, Loaded(folder: data, database: database))
            })
    }

    /// Runs the body with a district that has everything of the example.
    package func with(
        _ engine: Engine, _ body: (TestDistrict) async throws -> Void
    ) async throws {
        guard let loaded = loaded[engine] else { preconditionFailure("\(engine) is not available") }
        try await engine.withCopy(of: loaded.database) { location in
            let data = TestDistrict.freshFolder()
            defer { try? FileManager.default.removeItem(atPath: data.path) }
            try FileManager.default.copyItem(atPath: loaded.folder.path, toPath: data.path)
            try await TestDistrict.open(
                data, location, catalogue: [data.catalogue], now: now, body)
        }
    }
}
