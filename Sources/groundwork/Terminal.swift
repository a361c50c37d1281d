import App
import ArgumentParser
import Catalogue
import Core
import Foundation
import Ledger
import Logging
import Storage
import Web

/// What the program says to the person at its terminal, on standard error; results go to
/// standard output.
enum Terminal {
    /// Chinese where the terminal's language is Chinese, else English.
    static let language: Language = {
        let environment = ProcessInfo.processInfo.environment
        let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"]
        return locale?.hasPrefix("zh") == true ? .zh : .en
    }()

    /// What was printed before comes before it: output to a file or a pipe waits in a buffer.
    static func say(_ sentence: String) {
        fflush(nil)
        FileHandle.standardError.write(Data((sentence + "\n").utf8))
    }

    static func say(zh: String, en: String) { say(Wording(zh: zh, en: en)[language]) }

    /// A day as somebody typed it.
    static func day(_ text: String) throws -> Day {
        if let day = Reading.day(text) { return day }
        let words = Reading.dayFault(text)
        throw Refusal.invalid("--from", zh: words.zh, en: words.en)
    }

    /// Progress of long work, on one line of a terminal; nothing in a pipe.
    static func progress(_ what: String) -> @Sendable (Int, Int) -> Void {
        guard isatty(2) == 1 else { return { _, _ in } }
        return { done, all in
            let tail = done >= all ? "\n" : ""
            FileHandle.standardError.write(Data("\r\u{1B}[K\(what) \(done)/\(all)\(tail)".utf8))
        }
    }

    /// A sentence and an exit status for an error; nil where the argument parser knows better.
    static func explain(_ error: any Error) -> (String?, Int32?) {
        switch error {
        case let refusal as Refusal: (refusal.text(language), 2)
        case let broken as BrokenCatalogue: (broken.description, 2)
        case let fault as SetupFault: (fault.faults.joined(separator: "\n"), 2)
        case let error as DatabaseError: (explain(error), 70)
        case is ExitCode, is ValidationError, is CleanExit: (nil, nil)
        default:
            "\(type(of: error))".contains("Parser") || "\(type(of: error))" == "CommandError"
                ? (nil, nil) : ("\(error)", 70)
        }
    }

    private static func explain(_ error: DatabaseError) -> String {
        let words =
            switch error {
            case .diskFull:
                Wording(
                    zh: "磁盘已满：没有写入任何内容。请腾出空间后重试。",
                    en: "The disk is full: nothing was written. Make room and try again.")
            case .busy:
                Wording(
                    zh: "数据库正忙，请稍后重试。", en: "The database is busy: try again in a moment.")
            case .lostConnection:
                Wording(
                    zh: "与数据库的连接中断，没有写入任何内容。",
                    en: "The connection to the database was lost; nothing was written.")
            case .outcomeUnknown:
                Wording(
                    zh: "提交时连接中断，无法确认是否写入，请先核对再重试。",
                    en: "The connection was lost during a commit: look before you try again.")
            case .newerDatabase:
                Wording(
                    zh: "数据库比本程序新，请升级程序。",
                    en: "The database is newer than this program: upgrade the program.")
            case .readOnly:
                Wording(zh: "数据库是只读的。", en: "The database is read-only.")
            default: Wording(zh: "数据库错误：\(error)", en: "The database says: \(error)")
            }
        return words[language]
    }

    /// The log of the program: what goes wrong, once, on standard error.
    static func logger(_ level: Logger.Level = .warning) -> Logger {
        LogLines.logger(level, .text)
    }
}

/// Prints a value as JSON on standard output.
func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
