import Core
import Foundation
import Hummingbird

/// What a form sent: named texts and files, in their order.
package struct Form: Sendable {
    package let pairs: [(name: String, value: String)]
    let uploads: [Upload]
    /// Tells this showing of the form from every other.
    package let key: String
    /// Says that the form is one of ours.
    let token: String

    /// A file that came with a form.
    package struct Upload: Sendable {
        package let field: String
        /// As the browser named it; never a path, and never to be trusted.
        package let name: String
        package let bytes: [UInt8]

        package init(field: String, name: String, bytes: [UInt8]) {
            self.field = field
            self.name = name
            self.bytes = bytes
        }
    }

    package init(pairs: [(name: String, value: String)], uploads: [Upload] = [], key: String) {
        self.pairs = pairs
        self.uploads = uploads
        self.key = key
        token = ""
    }

    private init(
        pairs: [(name: String, value: String)], uploads: [Upload], key: String, token: String
    ) {
        self.pairs = pairs
        self.uploads = uploads
        self.key = key
        self.token = token
    }

    /// What a request sent: what only the program reads is taken out of its fields.
    init(sent: [(name: String, value: String)], uploads: [Upload]) {
        func one(_ name: String) -> String { sent.first { $0.name == name }?.value ?? "" }
        token = one(FormHead.tokenName)
        key = one(FormHead.keyName)
        pairs = sent.filter { $0.name != FormHead.tokenName && $0.name != FormHead.keyName }
        self.uploads = uploads
    }

    /// As much of it as a page shows again: texts up to a size, and of its files the fields alone.
    var shown: Form {
        var left = Limits.keptFormBytes
        let pairs = pairs.prefix { pair in
            left -= pair.name.utf8.count + pair.value.utf8.count
            return left >= 0
        }
        return Form(
            pairs: Array(pairs),
            uploads: uploads.map { Upload(field: $0.field, name: "", bytes: []) }, key: key,
            token: token)
    }

    /// One line of text, trimmed; nil when it is missing or blank.
    package func text(
        _ name: String, upTo limit: Int = Limits.valueCharacters
    ) throws(Refusal) -> String? {
        guard let raw = pairs.first(where: { $0.name == name })?.value else { return nil }
        return try Form.plain(raw, name, limit, lines: false)
    }

    /// Text of several lines, with its line breaks.
    package func lines(
        _ name: String, upTo limit: Int = Limits.textCharacters
    ) throws(Refusal) -> String? {
        guard let raw = pairs.first(where: { $0.name == name })?.value else { return nil }
        let text = raw.replacing("\r\n", with: "\n")
        return try Form.plain(text, name, limit, lines: true)
    }

    /// Every text under a name, as it was sent.
    package func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    /// The files of a field; a field that was left empty has none.
    package func files(_ name: String) -> [Upload] {
        uploads.filter { $0.field == name && !($0.name.isEmpty && $0.bytes.isEmpty) }
    }

    /// Counts Unicode scalars: what Swift calls one character may carry accents without end.
    private static func plain(
        _ raw: String, _ name: String, _ limit: Int, lines: Bool
    ) throws(Refusal) -> String? {
        let text = try Refusal.cleaned(
            raw.trimmingCharacters(in: .whitespacesAndNewlines), at: name, lines: lines
        ).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { return nil }
        guard text.unicodeScalars.count <= limit else {
            throw .invalid(
                name, zh: "内容过长，最多 \(limit) 个字符。",
                en: "This is too long: \(limit) characters at most.")
        }
        return text
    }
}

extension AppContext {
    /// Reads a form that was sent here, once, and refuses one that is not ours.
    ///
    /// - Parameter limit: the most bytes of a body that are taken in.
    /// - Throws: `HTTPError` for a body that is too long or unreadable.
    package func form(
        _ request: Request, upTo limit: Int = Limits.bodyBytes
    ) async throws -> Form {
        let bytes = try await sent.body(of: request, upTo: limit)
        let type = request.headers[.contentType] ?? ""
        let form: Form
        if type.lowercased().hasPrefix("application/x-www-form-urlencoded") {
            form = Form(
                sent: Query.pairs(of: String(decoding: bytes, as: UTF8.self)), uploads: [])
        } else if let boundary = Multipart.boundary(of: type) {
            guard let parts = Multipart(bytes, boundary: boundary) else {
                throw HTTPError(.badRequest)
            }
            form = Form(sent: parts.pairs, uploads: parts.uploads)
        } else {
            throw HTTPError(.unsupportedMediaType)
        }
        sent.keep(form.shown)
        guard form.pairs.count + form.uploads.count <= Limits.formFields else {
            throw HTTPError(.contentTooLarge)
        }
        // A key that is none of ours would let two forms be taken for one.
        guard formSeed.isToken(form.token, for: address.path, at: now()),
            ID<Form>(form.key) != nil
        else { throw ForgedForm() }
        return form
    }

    /// The head of a form that is sent to an address. A form that is shown again keeps its key.
    package func formHead(_ action: Address, keeping form: Form? = nil) -> FormHead {
        FormHead(
            action: action.text, token: formSeed.token(for: action.path, at: now()),
            key: form.flatMap { ID<Form>($0.key)?.text } ?? ID<Form>.make().text)
    }
}
