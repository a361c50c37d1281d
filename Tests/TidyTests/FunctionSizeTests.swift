import Testing

struct FunctionSizeTests {
    @Test func everyFunctionFitsAScreenAndTakesFewArguments() {
        let sources = House.swift.filter { $0.path.hasPrefix("Sources/") }
        #expect(sources.flatMap(FunctionSize(debts: FunctionDebts.known).faults) == [])
    }

    @Test func everyDebtIsStillOne() {
        let sources = House.swift.filter { $0.path.hasPrefix("Sources/") }
        let found = Set(
            sources.flatMap { file in
                FunctionSize().faults(in: file).map { fault in
                    "\(file.path) \(fault.message.prefix { $0 != " " })"
                }
            })
        #expect(FunctionDebts.known.subtracting(found) == [])
    }

    @Test func aLongFunctionAndALongListOfArgumentsAreFound() {
        let body = Array(repeating: "        work()", count: 60)
        let long = ["    func a(_ b: Int) {"] + body + ["    }"]
        let short = ["    func a(_ b: Int) {"] + body.dropLast(2) + ["    }"]
        func faults(_ lines: [String]) -> Int {
            FunctionSize().faults(
                in: SourceFile(path: "Sources/X/Y.swift", text: lines.joined(separator: "\n"))
            ).count
        }
        #expect(faults(long) == 1)
        #expect(faults(short) == 0)
        #expect(
            faults([
                "    init(a: Int, b: [String: Int], c: (Int, Int), d: Set<A>,",
                "        e: Int, f: Int, g: Int) {", "    }",
            ]) == 0)
        #expect(
            faults([
                "    init(a: Int, b: [String: Int], c: (Int, Int), d: Set<A>,",
                "        e: Int, f: Int, g: Int, h: Int) {", "    }",
            ]) == 1)
    }
}
