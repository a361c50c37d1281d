import Foundation
import Mustache

/// The templates of every feature, read and checked once at start-up.
///
/// Those of this target are named plainly (`layout`), those of a feature after it (`boards/home`).
package struct Templates: Sendable {
    private let library: MustacheLibrary
    private let trees: [String: [TemplateNode]]

    /// Reads templates from their texts. Throws a fault for each one that cannot be used.
    package init(_ texts: [String: String], words keys: Set<String>) throws(SetupFault) {
        MustacheContentTypes.register(Markup(), named: Templates.contentType)
        var library = MustacheLibrary()
        var trees: [String: [TemplateNode]] = [:]
        var faults: [String] = []
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            do {
                trees[name] = try TemplateNode.parse(text, name: name)
                // Every template asks for our own escaping, partials included: the library goes
                // back to its own at each partial.
                try library.register(
                    "{{% CONTENT_TYPE:\(Templates.contentType) }}" + text, named: name)
            } catch let fault as SetupFault {
                faults += fault.faults
            } catch {
                faults.append("\(name): the template cannot be read: \(error)")
            }
        }
        for (name, nodes) in trees.sorted(by: { $0.key < $1.key }) {
            faults += TemplateCheck.faults(in: nodes, of: name, among: Set(trees.keys), keys)
        }
        guard faults.isEmpty else { throw SetupFault(faults) }
        self.library = library
        self.trees = trees
    }

    /// The texts of a target's `Templates` folder, each named after its file.
    package static func texts(
        in bundle: Bundle, prefix: String
    ) throws(SetupFault) -> [String: String] {
        let folder = bundle.bundlePath + "/Templates"
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw SetupFault(["\(folder): the templates are not beside the program"])
        }
        var texts: [String: String] = [:]
        for name in names where name.hasSuffix(suffix) {
            guard let data = FileManager.default.contents(atPath: folder + "/" + name) else {
                throw SetupFault(["\(folder)/\(name): the template cannot be opened"])
            }
            texts[prefix + name.dropLast(suffix.count)] = String(decoding: data, as: UTF8.self)
        }
        return texts
    }

    package func has(_ name: String) -> Bool { trees[name] != nil }

    func nodes(_ name: String) -> [TemplateNode]? { trees[name] }

    /// The page's own part, without the layout.
    package func place(_ page: some Page, _ words: Words) -> String {
        render(type(of: page).template, Placed(page: TemplateValue(page), words: words))
    }

    func render(_ name: String, _ object: Any) -> String {
        let seen = TemplateValue.of(object) ?? object
        guard let text = library.render(seen, withTemplate: name) else {
            preconditionFailure("start-up let a page through without its template \(name)")
        }
        return text
    }

    private static let contentType = "GROUNDWORK"
    private static let suffix = ".mustache"
}

/// A page with the interface words beside it, as templates see it.
private struct Placed: MustacheParent {
    let page: TemplateValue
    let words: Words

    func child(named name: String) -> Any? {
        name == "words" ? words : page.child(named: name)
    }
}

/// What reflection finds: swift-mustache sees the same.
enum Reflected {
    /// A stored property, as it is stored.
    static func property(_ name: String, of object: Any) -> Any? {
        Mirror(reflecting: object).children.first { $0.label == name }?.value
    }

    static func unwrapped(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else { return value }
        return mirror.children.first?.value
    }
}
