import App
import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import TestKit
import Testing

/// What the program's own logger writes: what the other tests say is logged does appear.
@Suite struct LogLinesTests {
    private static func logger(
        _ level: Logger.Level, _ format: LogLines.Format
    ) -> (Logger, @Sendable () -> [String]) {
        let kept = Lines()
        let logger = LogLines.logger(
            level, format, now: { Moment(milliseconds: 1_435_650_005_007) }, write: kept.add)
        return (logger, { kept.all })
    }

    @Test func aLineOfTextSaysWhenHowGraveAndWhat() {
        let (logger, lines) = Self.logger(.notice, .text)
        logger.notice("retention", metadata: ["rows": "3", "entry": "entry_draft"])
        logger.info("request")
        #expect(
            lines() == ["2015-06-30T15:40:05.007+08:00 notice retention entry=entry_draft rows=3\n"]
        )
    }

    @Test func whatSomebodySentMakesNoLineOfItsOwn() {
        let (logger, lines) = Self.logger(.info, .text)
        logger.info("one\ntwo", metadata: ["path": "a\r\nerror forged\u{1B}[2J"])
        #expect(lines().count == 1)
        #expect(lines()[0].filter(\.isNewline).count == 1)
        #expect(!lines()[0].contains("\u{1B}"))
    }

    @Test func aLineOfJSONIsAnObject() throws {
        let (logger, lines) = Self.logger(.info, .json)
        logger.warning("refused \"x\"\n", metadata: ["status": "404"])
        let line = try #require(lines().first)
        #expect(line.filter(\.isNewline).count == 1)
        let object = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        #expect(
            object == [
                "time": "2015-06-30T15:40:05.007+08:00", "level": "warning",
                "message": "refused \"x\"\n", "status": "404",
            ])
    }

    @Test(arguments: [(Logger.Level.info, 1), (.notice, 0)])
    func eachRequestHasALineAtInfoAndHealthHasNone(level: Logger.Level, count: Int) async throws {
        try await TestDistrict.with(.sqlite) { district in
            try await district.foundSmallDistrict()
            let (logger, lines) = Self.logger(level, .text)
            try await district.withSite(logger: logger) { client in
                let kinds = try await client.page("/kinds?q=secret")
                #expect(kinds.status == 200)
                #expect(try await client.page("/health/ready").status == 200)
                #expect(try await client.page("/health/live").status == 200)
            }
            let requests = lines().filter { $0.contains(" info request ") }
            #expect(requests.count == count)
            #expect(requests.allSatisfy { $0.contains("path=/kinds status=200") })
            #expect(lines().allSatisfy { !$0.contains("secret") })
        }
    }

    private final class Lines: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func add(_ line: String) { kept.withLock { $0.append(line) } }
    }
}
