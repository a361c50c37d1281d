/// A way of writing that the house does not use, with what it uses instead.
struct Ban {
    let pattern: String
    let instead: String
    let places: [String]
    let except: [String]

    init(
        _ pattern: String, instead: String, in places: [String] = ["Sources", "Tests"],
        except: [String] = []
    ) {
        self.pattern = pattern
        self.instead = instead
        self.places = places
        self.except = except
    }

    func faults(in file: SourceFile) -> [Fault] {
        guard file.isUnder(places), !file.isUnder(except),
            !matches("(?m)" + pattern, in: file.text).isEmpty
        else { return [] }
        return file.lines.enumerated().compactMap { index, line in
            guard let found = matches(pattern, in: Ban.code(of: line)).first?.first else {
                return nil
            }
            return Fault(
                path: file.path, line: index + 1,
                message: "`\(found.trimmingPrefix { $0 == " " })`: \(instead)")
        }
    }

    /// The line without its comment. `https://` is not a comment.
    static func code(of line: String) -> String {
        matches(#"^(.*?)(?<!:)//"#, in: line).first?[1] ?? line
    }
}

/// The list. The reasons are in the style of the house: errors, concurrency, SQL.
let bans = [
    Ban(
        #"\btry!"#,
        instead: "throw it on, or state the bug in a `precondition` with a sentence"),
    Ban(
        #"\bfatalError\("#,
        instead: "a `Refusal` for what a person can cause, `preconditionFailure` for a bug"),
    Ban(
        #"\bcatch\s*\{\s*\}"#, instead: "answer the error, or let it rise"),
    Ban(
        #"\bTask(\.detached)?\s*(\([^)]*\)\s*)?\{"#,
        instead: "a bounded queue in the service group", in: ["Sources"]),
    Ban(
        #"(?<![.\w])print\("#, instead: "the logger, or what the command answers",
        in: ["Sources"], except: ["Sources/groundwork/"]),
    Ban(
        #"\bDate\(\)|\bDate\.now\b"#, instead: "the `now` that was handed in",
        except: ["Sources/Core/Moment.swift", "Sources/Core/ID.swift"]),
    Ban(
        #"\bUUID\(\)"#, instead: "an `ID`, which sorts", in: ["Sources"],
        except: ["Sources/Core/ID.swift", "Sources/TestKit/"]),
    Ban(
        #"^\s*@testable\b"#, instead: "`package` access, which a test shares"),
    Ban(
        #"^\s*(public|open) (\w+ )*(class|struct|enum|protocol|func|var|let|init|import)\b"#,
        instead: "`package`, our widest access", in: ["Sources"]),
    Ban(
        #"^\s*import XCTest\b"#, instead: "`import Testing`"),
    Ban(
        #"\b(Double|Float)\b"#,
        instead: "integers; a ratio keeps numerator and denominator and divides last",
        in: ["Sources/Ledger/", "Sources/Figures/"],
        // Spreadsheets store binary numbers, which are turned into digits where they are read.
        except: ["Sources/Ledger/Import/StoredNumber.swift"]),
    Ban(
        #"(\bcase|==|!=) \.(sqlite|postgres)\b"#,
        instead: "one text for both engines; only Storage knows which it is",
        in: ["Sources"],
        // A folder that may not be written is read alone; a server elsewhere has no folder.
        except: [
            "Sources/Storage/", "Sources/TestKit/", "Sources/groundwork/",
            "Sources/App/DataFolder.swift",
        ]),
    Ban(
        #"\bCURRENT_(DATE|TIME|TIMESTAMP)\b|\bAUTOINCREMENT\b|\b(BIG)?SERIAL\b"#,
        instead: "a value made by us: time and ids never come from the database",
        in: ["Sources"]),
    Ban(
        #"\bDEFERRABLE\b"#, instead: "an immediate constraint, so that a refusal is known at once",
        in: ["Sources"]),
    Ban(
        #"\b(struct|class|enum|actor|protocol) \w+(Manager|Helper|Service|Utils?)\b"#,
        instead: "the noun that is missing"),
    Ban(
        #"\sstyle="|\son[a-z]+="|<script>|<style>"#,
        instead: "a class and a file: the content policy refuses what is inline",
        // A paper is a file of its own, which no policy of the site reaches.
        in: ["Sources/"], except: ["Sources/Storage/", "Sources/Papers/Sheet/"]),
    Ban(
        #"\{\{\{(?!\w*HTML\}\}\})|\{\{&"#,
        instead: "`{{ }}`; raw text is named …HTML and made by us", in: ["Sources/"]),
]
