import Testing

/// Nothing is served before it says who may ask for it.
struct NeedTests {
    @Test func everyRouteSaysWhoMayAskForIt() {
        let sources = House.swift.filter { $0.isUnder(["Sources"]) }
        #expect(sources.flatMap(bareRoutes) == [])
        func count(_ pattern: String) -> Int {
            sources.map { matches(pattern, in: $0.text).count }.reduce(0, +)
        }
        #expect(count(route) > 100, "the routes are looked for where they are")
        #expect(count(route) == count(route + #"\s*"[^"]*",\s*needs:"#), "each names its path")
    }

    @Test(arguments: [
        ("router.get(\"mine\", use: mine.show)", 1),
        ("router.post(\n    \"mine\",\n    use: mine.handle)", 1),
        ("router.on(\"mine\", method: .put, use: mine.handle)", 1),
        ("router.get(\"mine\", needs: .signedIn, use: mine.show)", 0),
        ("router.post(\n    \"mine\", needs: .right(.write),\n    use: mine.handle)", 0),
    ])
    func aRouteWithoutANeedIsFound(text: String, count: Int) {
        let file = SourceFile(path: "Sources/Figures/Figures.swift", text: text)
        #expect(bareRoutes(in: file).count == count)
    }
}

private let route = #"\brouter\.(get|post|put|patch|delete|head|on)\("#

private func bareRoutes(in file: SourceFile) -> [Fault] {
    // A path, then the need: whatever else comes, comes behind.
    let bare = matches(route + #"\s*"[^"]*",(?!\s*needs:)[^\n]*"#, in: file.text)
    return bare.map { found in
        Fault(path: file.path, line: 1, message: "`\(found[0])` needs a need")
    }
}
