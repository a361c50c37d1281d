/// How long a function is, and how many arguments it takes.
///
/// A function fits a screen and says one thing; past a few arguments it is a value that is missing.
struct FunctionSize {
    static let lines = 60
    static let arguments = 7

    /// What is longer and stands with its reason: to be mended, never added to.
    let debts: Set<String>

    init(debts: Set<String> = []) { self.debts = debts }

    func faults(in file: SourceFile) -> [Fault] {
        var faults: [Fault] = []
        for (index, line) in file.lines.enumerated() {
            let code = Ban.code(of: line)
            guard let name = Self.name(code) else { continue }
            let (arguments, head) = Self.arguments(from: index, in: file.lines)
            let length = Self.length(from: index, after: head, in: file.lines)
            let debt = "\(file.path) \(name)"
            guard !debts.contains(debt) else { continue }
            if length > Self.lines {
                faults.append(
                    Fault(
                        path: file.path, line: index + 1,
                        message: "\(name) has \(length) lines: which second idea moved in?"))
            }
            if arguments > Self.arguments {
                faults.append(
                    Fault(
                        path: file.path, line: index + 1,
                        message: "\(name) takes \(arguments) arguments: which value is missing?"))
            }
        }
        return faults
    }

    /// The name of the function that a line begins; nil for any other line.
    static func name(_ code: String) -> String? {
        matches(#"^\s*(?:@\w+ )*(?:[a-z]+(?:\(set\))? )*(?:func (\w+)|(init)\??)[<(]"#, in: code)
            .first.map { $0[1].isEmpty ? $0[2] : $0[1] }
    }

    /// How many arguments the head takes, and on which line its parentheses close.
    private static func arguments(from start: Int, in lines: [String]) -> (Int, Int) {
        var (depth, angles, count, hasAny) = (0, 0, 0, false)
        for index in start..<min(start + 40, lines.count) {
            var before: Character = " "
            for letter in Ban.code(of: lines[index]) {
                switch letter {
                case "(", "[": depth += 1
                case ")", "]":
                    depth -= 1
                    if depth == 0, letter == ")" { return (hasAny ? count + 1 : 0, index) }
                case "<" where depth > 0: angles += 1
                case ">" where depth > 0 && before != "-": angles -= 1
                case "," where depth == 1 && angles == 0: count += 1
                default: if depth > 0, !letter.isWhitespace { hasAny = true }
                }
                before = letter
            }
        }
        return (0, start)
    }

    /// From the line of the name to the brace that closes its body, told by the column it is in.
    private static func length(from start: Int, after head: Int, in lines: [String]) -> Int {
        let indent = lines[start].prefix { $0 == " " }
        let opens = (head..<min(head + 6, lines.count)).first { lines[$0].hasSuffix("{") }
        guard let opens else { return 1 }
        let end = lines[(opens + 1)...].firstIndex { $0.hasPrefix(indent + "}") }
        return (end ?? opens) - start + 1
    }
}
