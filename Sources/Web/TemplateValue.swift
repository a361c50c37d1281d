import Mustache

/// A value as templates see it: its stored properties by name, reflected once.
///
/// swift-mustache reflects an object anew for each name that it looks up there, and a name of the
/// page is looked up in the row and in its cell first: in a long list most of the time went there.
final class TemplateValue: MustacheParent, CustomStringConvertible {
    private let value: Any
    private lazy var properties = Dictionary(
        Mirror(reflecting: value).children.compactMap { child in
            child.label.map { ($0, child.value) }
        }, uniquingKeysWith: { first, _ in first })
    /// What was looked up already; nil in it for a property that is empty.
    private var found: [String: Any?] = [:]

    init(_ value: Any) { self.value = value }

    /// What a template sees instead of the value: nothing for an empty optional, a list of what it
    /// sees of each member, and a text or a number as it is.
    static func of(_ value: Any) -> Any? {
        // A cast looks into an optional, and what it finds there is told without it.
        switch value {
        case let text as String: return text
        case let number as Int: return number
        case let flag as Bool: return flag
        case let parent as any MustacheParent: return parent
        case let own as any MustacheCustomRenderable: return own
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.flatMap { of($0.value) }
        case .struct, .class: return TemplateValue(value)
        case .collection: return (value as? [Any])?.map { of($0) ?? $0 } ?? value
        default: return value
        }
    }

    func child(named name: String) -> Any? {
        if let known = found[name] { return known }
        let child = properties[name].flatMap(Self.of)
        found[name] = .some(child)
        return child
    }

    var description: String { String(describing: value) }
}
