// swift-tools-version: 6.2
import PackageDescription

// How this file is laid out: packages first, then one line per target from the bottom of the map
// to its top. A target may import what stands above it in this file and nothing beside it;
// docs/tour.md draws the same map.

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]
/// Most tests only ask the program, which is optimized: docs/decisions/0008.
let unoptimized: [SwiftSetting] = [.unsafeFlags(["-Onone"])]

let asyncHTTPClient: Target.Dependency = .product(
    name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(
    name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(
    name: "HummingbirdTesting", package: "hummingbird")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let words: [Target.Dependency] = ["Core", "Storage"]
let pages: [Target.Dependency] = words + ["Catalogue", "Web", hummingbird]
let ledger: [Target.Dependency] = pages + ["Organization", "Accounts", "Ledger"]
/// What writes to the ledger in a browser, side by side.
let desks: [Target.Dependency] = [
    "Cases", "Requests", "Visits", "Entries", "Uploads", "Dues", "Rights", "Administration",
    "HandOvers",
]
let everything: [Target.Dependency] =
    ledger + desks + [
        "Messages", "Figures", "Reports", "Papers", "Boards", "Open311", "RequestBoards", "Tables",
        "ReportDesk", "Volunteers", "App",
    ]

func feature(
    _ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
    .target(
        name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

/// - Parameter reckons: whether the tests themselves reckon so much that it pays to optimize them.
func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
    reckons: Bool = false
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestKit"], exclude: exclude,
        swiftSettings: settings + (reckons ? [] : unoptimized))
}

let templates: [Resource] = [.copy("Templates")]

let package = Package(
    name: "Groundwork",
    products: [.executable(name: "groundwork", targets: ["groundwork"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.36.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        feature("Storage", ["CLibPQ", crypto, grdb, logging, nioPosix]),
        feature("Core", ["Storage", crypto]),
        feature("Catalogue", ["Core", yams]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CXlsxWriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]),
        feature(
            "Web",
            words + [
                "CXlsxWriter", "CZlib", "Catalogue", hummingbird, hummingbirdCore, mustache,
                logging, nioCore, nioHTTP1,
            ],
            resources: templates),
        feature("Organization", pages),
        feature(
            "Accounts",
            pages + ["Organization", asyncHTTPClient, crypto, cryptoExtras, jwtKit, nioPosix],
            resources: templates),
        .systemLibrary(
            name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        feature("Ledger", pages + ["Organization", "Accounts", "CExpat", "CZlib", crypto]),
        feature(
            "Messages", ledger + [asyncHTTPClient, crypto, nioCore, nioPosix, nioSSL],
            resources: templates),
        feature("Cases", ledger, resources: templates),
        feature("Requests", ledger + ["Cases"], resources: templates),
        feature("Visits", ledger + ["Requests"], resources: templates),
        feature("Entries", ledger, resources: templates),
        feature("Uploads", ledger + [logging], resources: templates),
        feature("Dues", ledger, resources: templates),
        feature("Rights", ledger, resources: templates),
        feature("Administration", ledger, resources: templates),
        feature("HandOvers", ledger, resources: templates),
        feature("Figures", ledger),
        feature("Reports", ledger + ["Figures"], resources: templates),
        feature(
            "Papers", ledger + ["CZlib", "Cases", "Figures", "Reports"],
            resources: templates + [.copy("Programs")]),
        feature(
            "ReportDesk", ledger + ["Cases", "Figures", "Reports"], resources: templates),
        feature("Boards", ledger + ["Figures", "Reports"], resources: templates),
        feature("Open311", ledger + ["Requests"]),
        feature(
            "RequestBoards", ledger + ["Cases", "Requests", "Figures"], resources: templates),
        feature(
            "Tables", ledger + ["Figures"], resources: templates + [.copy("Programs")]),
        feature("Volunteers", ledger + ["Papers", crypto], resources: templates),
        feature(
            "App",
            ledger + desks + [
                "Messages", "Figures", "Reports", "Papers", "Boards", "Open311", "RequestBoards",
                "Tables", "ReportDesk", "Volunteers", logging,
            ]),
        .executableTarget(
            name: "groundwork", dependencies: everything + [argumentParser],
            swiftSettings: settings),
        .executableTarget(
            name: "bench", dependencies: everything + [argumentParser, logging],
            path: "Benchmarks/bench", swiftSettings: settings),
        feature("TestKit", everything + ["CLibPQ", hummingbird, hummingbirdTesting, logging]),
        tests("StorageTests", ["Storage"]),
        tests("CoreTests", words),
        tests("CatalogueTests", words + ["Catalogue"], exclude: ["Procedures/Files"]),
        tests("WebTests", words + ["Catalogue", "Web", hummingbird, hummingbirdTesting, logging]),
        tests("OrganizationTests", pages + ["Organization"]),
        tests(
            "AccountsTests",
            everything + [
                asyncHTTPClient, crypto, cryptoExtras, hummingbird, hummingbirdTesting, jwtKit,
                logging,
            ]),
        tests("CasesTests", everything + [hummingbirdTesting]),
        tests("RequestsTests", everything + [hummingbirdTesting]),
        tests("VisitsTests", everything + [hummingbirdTesting]),
        tests("Open311Tests", everything + [hummingbirdTesting]),
        tests("RequestBoardsTests", everything + [hummingbirdTesting]),
        tests("EntriesTests", everything + [hummingbirdTesting]),
        tests("UploadsTests", everything + [hummingbird, hummingbirdTesting, logging]),
        tests("MessagesTests", everything + [hummingbird, hummingbirdTesting]),
        tests("DuesTests", everything + [hummingbirdTesting]),
        tests("RightsTests", everything + [hummingbirdTesting]),
        tests("AdministrationTests", everything + [hummingbirdTesting]),
        tests("HandOversTests", everything + [hummingbirdTesting]),
        tests("LedgerTests", ledger + ["App", "Figures", "Reports"], exclude: ["Files"]),
        tests("FiguresTests", ledger + ["Figures"]),
        tests("ReportsTests", ledger + ["Figures", "Reports"]),
        tests("PapersTests", everything + [hummingbirdTesting]),
        tests("ReportDeskTests", everything + [hummingbirdTesting]),
        tests("BoardsTests", everything + [hummingbirdTesting], reckons: true),
        tests("VolunteersTests", everything + [hummingbirdTesting]),
        tests("TablesTests", everything + [hummingbird, hummingbirdTesting], exclude: ["Files"]),
        tests(
            "AppTests", everything + [hummingbirdTesting, logging],
            exclude: ["plain-columns.txt"]),
        tests("TidyTests", [], reckons: true),
    ],
    swiftLanguageModes: [.v6]
)
