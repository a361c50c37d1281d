import Core
import Foundation
import Logging

/// The log of the program: one line for each thing, for people or for programs.
package struct LogLines: LogHandler {
    package enum Format: String, Sendable, CaseIterable {
        case text, json
    }

    package var metadata: Logger.Metadata = [:]
    package var logLevel: Logger.Level

    private let format: Format
    private let now: @Sendable () -> Moment
    private let write: @Sendable (String) -> Void

    /// The program's logger, on standard error unless a test reads it.
    package static func logger(
        _ level: Logger.Level, _ format: Format, now: @escaping @Sendable () -> Moment = Moment.now,
        write: @escaping @Sendable (String) -> Void = { line in
            FileHandle.standardError.write(Data(line.utf8))
        }
    ) -> Logger {
        Logger(label: "groundwork") { _ in
            LogLines(logLevel: level, format: format, now: now, write: write)
        }
    }

    private init(
        logLevel: Logger.Level, format: Format, now: @escaping @Sendable () -> Moment,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.logLevel = logLevel
        self.format = format
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
            .mapValues { "\($0)" }
        let time = now().exactInstant
        switch format {
        case .text:
            let rest = all.keys.sorted().map { " \($0)=\(Self.plain(all[$0] ?? ""))" }.joined()
            write("\(time) \(event.level) \(Self.plain("\(event.message)"))\(rest)\n")
        case .json:
            var line = all
            line["time"] = time
            line["level"] = event.level.rawValue
            line["message"] = "\(event.message)"
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            guard let json = try? encoder.encode(line) else { return }
            write(String(decoding: json, as: UTF8.self) + "\n")
        }
    }

    /// A text on one line: what somebody sent makes no line of its own.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
