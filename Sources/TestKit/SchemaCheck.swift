import Foundation
import Web

/// Holds what the interface answers against the document that describes it.
package struct SchemaCheck: Sendable {
    private let document: JSON

    /// - Parameter document: the text of `/api/v1/openapi.json`.
    package init(_ document: String) throws { self.document = try JSON(parsing: document) }

    /// The paths that the document describes.
    package var paths: [String] { document["paths"].names }

    /// What is wrong with the answer to an address; empty where it is what the document says.
    package func faults(_ text: String, of address: String, status: Int) throws -> [String] {
        let value = try JSON(parsing: text)
        guard let operation = operation(at: address) else { return ["\(address) is not described"] }
        let answer = resolved(operation["responses"][String(status)])
        guard case .object = answer else { return ["\(status) is not described"] }
        let type = status == 200 ? "application/json" : "application/problem+json"
        return faults(value, answer["content"][type]["schema"], at: "")
    }

    /// The most specific path that fits: one without places before those with them.
    private func operation(at address: String) -> JSON? {
        let asked = address.prefix { $0 != "?" }.split(separator: "/")
        let fitting = paths.filter { path in
            let parts = path.split(separator: "/")
            return parts.count == asked.count
                && zip(parts, asked).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return fitting.min { $0.count(where: { $0 == "{" }) < $1.count(where: { $0 == "{" }) }
            .map { document["paths"][$0]["get"] }
    }

    private func resolved(_ schema: JSON) -> JSON {
        guard case .text(let place) = schema["$ref"] else { return schema }
        return place.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] }
    }

    private func faults(_ value: JSON, _ asked: JSON, at place: String) -> [String] {
        let schema = resolved(asked)
        guard case .object = schema else { return ["\(place): there is no schema"] }
        if case .list(let parts) = schema["anyOf"] {
            let fits = parts.contains { faults(value, $0, at: place).isEmpty }
            return fits ? [] : ["\(place): \(value.text.prefix(80)) is none of its makes"]
        }
        if case .list(let words) = schema["enum"], !words.contains(value) {
            return ["\(place): \(value.text) is not offered"]
        }
        guard case .text(let type) = schema["type"],
            type == value.type
                || type == "number" && value.type == "integer"
        else { return ["\(place): \(value.text.prefix(80)) is no \(schema["type"].text)"] }
        switch value {
        case .object(let members): return faults(members, schema, at: place)
        case .list(let parts):
            return parts.enumerated().flatMap {
                faults($1, schema["items"], at: "\(place)/\($0)")
            }
        default: return []
        }
    }

    private func faults(_ members: [JSON.Member], _ schema: JSON, at place: String) -> [String] {
        let known = schema["properties"]
        var faults: [String] = []
        if case .list(let required) = schema["required"] {
            faults += required.filter { word in !members.contains { .text($0.name) == word } }
                .map { "\(place): \($0.text) is missing" }
        }
        for member in members {
            if known.names.contains(member.name) {
                faults += self.faults(
                    member.value, known[member.name], at: "\(place)/\(member.name)")
            } else if schema["additionalProperties"] == .flag(false) {
                faults.append("\(place): \(member.name) is not described")
            } else if case .object = schema["additionalProperties"] {
                faults += self.faults(
                    member.value, schema["additionalProperties"], at: "\(place)/\(member.name)")
            }
        }
        return faults
    }
}

extension JSON {
    /// Reads a JSON text.
    package init(parsing text: String) throws {
        self = try JSONDecoder().decode(ReadJSON.self, from: Data(text.utf8)).value
    }

    /// The value of a member; null where there is none.
    package subscript(name: String) -> JSON {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    /// The parts of a list; none of what is no list.
    package var parts: [JSON] {
        guard case .list(let parts) = self else { return [] }
        return parts
    }

    package var names: [String] {
        guard case .object(let members) = self else { return [] }
        return members.map(\.name)
    }

    /// A text as it is; nil for anything else.
    package var string: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    fileprivate var type: String {
        switch self {
        case .null: "null"
        case .flag: "boolean"
        case .number(let digits): digits.contains { $0 == "." || $0 == "e" } ? "number" : "integer"
        case .text: "string"
        case .list: "array"
        case .object: "object"
        }
    }
}

/// A value as a decoder reads it, the members of objects by their names.
private struct ReadJSON: Decodable {
    let value: JSON

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: Name.self) {
            value = .object(
                try object.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
                    JSON.Member($0.stringValue, try object.decode(ReadJSON.self, forKey: $0).value)
                })
            return
        }
        if var list = try? decoder.unkeyedContainer() {
            var parts: [JSON] = []
            while !list.isAtEnd { parts.append(try list.decode(ReadJSON.self).value) }
            value = .list(parts)
            return
        }
        let one = try decoder.singleValueContainer()
        if one.decodeNil() {
            value = .null
        } else if let flag = try? one.decode(Bool.self) {
            value = .flag(flag)
        } else if let number = try? one.decode(Decimal.self) {
            value = .number("\(number)")
        } else {
            value = .text(try one.decode(String.self))
        }
    }
}
