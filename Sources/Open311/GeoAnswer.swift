import Core
import Hummingbird
import Web

/// What an address of the interface answers: a document with the name of its root.
struct GeoAnswer: Sendable {
    let root: String
    let node: GeoNode
    let status: HTTPResponse.Status

    init(_ root: String, _ node: GeoNode, status: HTTPResponse.Status = .ok) {
        self.root = root
        self.node = node
        self.status = status
    }

    /// As a format writes it. What everybody may read may be read by pages of other sites.
    func response(as format: GeoFormat, _ context: AppContext) -> Response {
        let text = format == .xml ? node.xml(root: root) : node.json.text
        var headers = HTTPFields()
        headers[.contentType] = format.type
        headers[.contentLanguage] = context.language.tag
        headers[.cacheControl] = status == .ok ? "private, no-cache" : "no-store"
        headers[.vary] = "Accept-Language"
        headers[.accessControlAllowOrigin] = "*"
        if status == .tooManyRequests { headers[.retryAfter] = String(Limits.pauseSeconds) }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: .init(string: text)))
    }
}

/// The format that the end of an address asks for.
enum GeoFormat: String, Sendable, CaseIterable {
    case xml, json

    var type: String {
        switch self {
        case .xml: "text/xml; charset=utf-8"
        case .json: "application/json; charset=utf-8"
        }
    }

    /// What a file is called without its format, and the format; nil for another end.
    static func split(_ file: String) -> (name: String, format: GeoFormat)? {
        guard let dot = file.lastIndex(of: "."),
            let format = GeoFormat(rawValue: String(file[file.index(after: dot)...]))
        else { return nil }
        return (String(file[..<dot]), format)
    }
}

/// What a program is refused: each fault with a code that does not change.
struct GeoErrors: Error, Sendable {
    let status: HTTPResponse.Status
    let faults: [(code: String, words: Wording)]

    init(_ status: HTTPResponse.Status, _ faults: [(code: String, words: Wording)]) {
        self.status = status
        self.faults = faults
    }

    init(_ status: HTTPResponse.Status, _ code: String, zh: String, en: String) {
        self.init(status, [(code, Wording(zh: zh, en: en))])
    }

    static func missing(_ what: String, zh: String, en: String) -> GeoErrors {
        GeoErrors(.notFound, "\(what)_not_found", zh: zh, en: en)
    }

    static func invalid(_ argument: String, zh: String, en: String) -> GeoErrors {
        GeoErrors(.badRequest, "\(argument)_invalid", zh: zh, en: en)
    }

    /// A refusal of the house as one of the contract; its places are the arguments.
    init(_ refusal: Refusal) {
        switch refusal {
        case .notFound:
            self = .missing("page", zh: "没有找到。", en: "There is no such thing.")
        case .notAllowed:
            self.init(.forbidden, "not_allowed", zh: "无权进行此操作。", en: "You may not do this.")
        case .conflict(let words): self.init(.badRequest, [("conflict", words)])
        case .invalid(let list):
            self.init(
                .badRequest,
                list.map { fault in
                    (
                        "argument_invalid",
                        Wording(
                            zh: "\(fault.fieldName)：\(fault.words.zh)",
                            en: "\(fault.fieldName): \(fault.words.en)")
                    )
                })
        }
    }

    func answer(_ language: Language) -> GeoAnswer {
        GeoAnswer(
            "errors",
            .list(
                faults.map { fault in
                    .object([
                        ("code", .text(fault.code)), ("description", .text(fault.words[language])),
                    ])
                }, of: "error"), status: status)
    }
}
