import Core
import Hummingbird

/// A refusal as a program reads it: RFC 9457, with what is wrong beside each parameter.
struct Problem {
    let apology: ErrorPage
    let refusal: Refusal?
    let words: Words
    let requestID: String

    static let type = "application/problem+json"

    /// What any route may answer instead of what it was asked for.
    static let statuses: [HTTPResponse.Status] = [
        .badRequest, .unauthorized, .forbidden, .notFound, .conflict, .uriTooLong,
        .unprocessableContent, .tooManyRequests, .internalServerError, .serviceUnavailable,
    ]

    static let schema = Schema.object([
        "type": .text(), "title": .text(), "status": .count(),
        "code": .text(Wording(zh: "给程序的名称，不随语言变化。", en: "A name for programs, in no language.")),
        "detail": .text(Wording(zh: "怎么办。", en: "What to do.")),
        "faults": .list(
            of: .object([
                "parameter": .text(), "detail": .text(),
                "nearest": .list(of: .object(["value": .text(), "name": .text()])),
            ])),
        "request": .text(
            Wording(zh: "请求编号，便于查询系统的故障。", en: "The request's number, to look a fault of ours up.")
        ).orNull,
    ])

    private var json: JSON {
        let language = words.language
        var faults: [JSON] = []
        var detail = words[apology.word + "_text"]
        if case .conflict(let wording) = refusal { detail = wording[language] }
        if case .invalid(let list) = refusal {
            faults = list.map { fault in
                [
                    "parameter": .text(fault.fieldName),
                    "detail": .text(fault.words[language]),
                    "nearest": .list(
                        fault.nearest.map {
                            ["value": .text($0.value), "name": .text($0.words[language])]
                        }),
                ]
            }
        }
        return [
            "type": "about:blank", "title": .text(words[apology.word]),
            "status": .number(apology.status.code),
            "code": .text(apology.word.replacing("refusal_", with: "")),
            "detail": .text(detail), "faults": .list(faults),
            "request": apology.status.code >= 500 ? .text(requestID) : .null,
        ]
    }

    func response(_ context: AppContext) -> Response {
        var headers = ApiAnswer.headers(context)
        headers[.cacheControl] = "no-store"
        headers[.contentType] = Self.type
        headers[.contentLanguage] = context.language.tag
        return Response(
            status: apology.status, headers: headers,
            body: ResponseBody(byteBuffer: .init(string: json.text)))
    }
}

/// What only programs are refused.
package struct ApiRefusal: Error, Sendable {
    let apology: ErrorPage
    let headers: HTTPFields

    /// Whatever would change something.
    static let onlyReads = ApiRefusal(apology: .onlyReads, headers: [.allow: "GET, HEAD"])

    /// A key that is none, or no longer. Which of them is not told.
    package static let wrongKey = ApiRefusal(
        apology: .wrongKey,
        headers: [
            .wwwAuthenticate: "Bearer realm=\"groundwork\", error=\"invalid_token\""
        ])
}
