extension Site {
    /// A page that everybody can open and that lies in the site's navigation, without the language
    /// in which it was read; nil for anything else, which nobody saves.
    package func saveable(_ address: Address) -> Address? {
        let isPublic = navigation.contains {
            $0.need == .everybody && $0.path != Address().text && address.lies(below: $0.path)
        }
        return isPublic ? address.with("lang", nil) : nil
    }

    /// The same of what a form or an address says.
    package func saveable(_ text: String) -> Address? { Address(local: text).flatMap(saveable) }
}
