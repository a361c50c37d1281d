import Testing

/// What pages say is held to words that their readers use.
struct WordingTests {
    @Test func nobodyReadsAWordThatWasGivenUp() {
        for (language, list) in [("zh", chineseWording), ("en", englishWording)] {
            let texts = House.written.compactMap { ReadText($0, language) }
            #expect(texts.count > 50)
            #expect(texts.flatMap { text in list.flatMap { $0.faults(in: text) } } == [])
        }
    }

    @Test(
        arguments: [
            ("zh: 记账后生效", "zh"), ("zh: 按口径统计", "zh"), ("zh: 已保存！", "zh"),
            ("zh: 请看,再填", "zh"), ("en: Figures are reckoned anew", "en"),
            ("en: Ask him; he may read it", "en"), ("en: The rows are to be mended", "en"),
        ])
    func aWordThatWasGivenUpIsFoundAndTheBetterOneNamed(line: String, language: String) throws {
        let file = SourceFile(path: "Catalogue/terms/site.yaml", text: "# 记账 reckon\n" + line)
        let text = try #require(ReadText(file, language))
        let list = language == "zh" ? chineseWording : englishWording
        let faults = list.flatMap { $0.faults(in: text) }
        #expect(Set(faults.map(\.line)) == [2])
    }

    @Test(
        arguments: [
            ("zh: 统计口径", "zh"), ("zh: 时间写作 09:30", "zh"), ("zh: 逾期补报", "zh"),
            ("en: Commendation of the mechanism/one", "en"), ("en: Recommended", "en"),
        ])
    func whatOnlyLooksLikeItIsLeftAlone(line: String, language: String) throws {
        let file = SourceFile(path: "Catalogue/terms/site.yaml", text: line)
        let text = try #require(ReadText(file, language))
        let list = language == "zh" ? chineseWording : englishWording
        #expect(list.flatMap { $0.faults(in: text) } == [])
    }

    @Test func ofAProgramOnlyWhatItSaysIsRead() throws {
        let file = SourceFile(
            path: "Sources/Ledger/Entry.swift",
            text: "/// Reckons.\nlet reckoner = 1\nthrow .invalid(zh: \"没有\", en: \"Reckon\")")
        let text = try #require(ReadText(file, "en"))
        #expect(englishWording.flatMap { $0.faults(in: text) }.map(\.line) == [3])
    }
}
