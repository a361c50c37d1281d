import Hummingbird
import HummingbirdTesting
import Web

/// Asks the interface as a program does, and holds every answer against its description.
package struct ApiClient: Sendable {
    package let client: any TestClientProtocol
    package let check: SchemaCheck

    package init(_ client: any TestClientProtocol) async throws {
        self.client = client
        let document = try await client.page("/api/v1/openapi.json")
        check = try SchemaCheck(document.text)
    }

    /// What an address answers.
    ///
    /// - Parameter key: sent as a program sends its key; none unless given.
    package func answer(
        _ address: String, key: String? = nil, language: String = "zh", headers: HTTPFields = [:],
        method: HTTPRequest.Method = .get
    ) async throws -> PageAnswer {
        var headers = headers
        headers[.acceptLanguage] = language
        if let key { headers[.authorization] = "Bearer " + key }
        return try await client.execute(uri: address, method: method, headers: headers) {
            PageAnswer(
                status: Int($0.status.code), text: String(buffer: $0.body), headers: $0.headers)
        }
    }

    /// The value that an address answers, which must be as it is described and have this status.
    package func get(
        _ address: String, key: String? = nil, language: String = "zh", status: Int = 200
    ) async throws -> JSON {
        let answer = try await answer(address, key: key, language: language)
        let type = status == 200 ? "application/json" : "application/problem+json"
        guard answer.status == status, answer.headers[.contentType] == type else {
            throw UnexpectedAnswer(address: address, faults: ["\(answer.status) \(answer.text)"])
        }
        let faults = try check.faults(answer.text, of: address, status: answer.status)
        guard faults.isEmpty else { throw UnexpectedAnswer(address: address, faults: faults) }
        return try JSON(parsing: answer.text)
    }

    /// All items of a list, page by page.
    package func all(_ address: String, key: String? = nil) async throws -> [JSON] {
        var next: String? = address
        var found: [JSON] = []
        while let here = next {
            let page = try await get(here, key: key)
            found += page["items"].parts
            next = page["next"].string
        }
        return found
    }
}

/// An answer of the interface that is not what its description says.
package struct UnexpectedAnswer: Error {
    package let address: String
    package let faults: [String]
}
