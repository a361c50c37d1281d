extension Site {
    /// A page that everybody can open and that lies in the site's navigation, without the language
    /// in which it was read; nil for anything else, which nobody saves.
    package func saveable(_ text: String) -> Address? {
        guard let address = Address(local: text),
            navigation.contains(where: {
                $0.need == .everybody && $0.path != Address().text && address.lies(below: $0.path)
            })
        else { return nil }
        return address.with("lang", nil)
    }
}
