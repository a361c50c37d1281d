import Core

/// Reads Excel workbooks by what is stored in them, never by what it looks like.
package enum Workbook {
    /// The most that a workbook may hold once unpacked.
    package static let unpackedLimit = 256 << 20

    /// The rows of one sheet, the headings first, and what there is to say about it.
    package struct Sheet: Sendable {
        package let name: String
        package let rows: [CSV.Row]
        /// Which sheet was read, where that is not the first.
        package let note: Wording?
        /// A cell past the last column that a table may have.
        package let stray: (column: Int, row: Int)?
    }

    /// The unpacked size that the archive's own directory declares.
    package static func unpackedSize(_ bytes: [UInt8]) throws(Refusal) -> Int {
        try Archive(bytes).unpackedSize
    }

    package static func isOne(_ bytes: [UInt8]) -> Bool { FileForm(bytes) == .workbook }

    /// The first sheet that is not hidden. The workbook touches no disk.
    ///
    /// - Parameter place: which sheet instead, counted from 1.
    /// - Throws: `Refusal.invalid` for a workbook that is damaged, locked, past a limit, or
    ///   declares entities.
    package static func sheet(
        _ bytes: [UInt8], at place: Int? = nil, rowLimit: Int = ImportTable.rowLimit
    ) throws -> Sheet {
        let archive = try Archive(bytes)
        let size = archive.unpackedSize
        guard size <= unpackedLimit else {
            throw Refusal.invalid(
                "文件", zh: "工作簿解压后有\(size >> 20) MB，超过\(unpackedLimit >> 20) MB 的上限。",
                en: "The workbook unpacks to \(size >> 20) MB; the limit is \(unpackedLimit >> 20)."
            )
        }
        let index = try WorkbookIndex(archive)
        let visible = index.sheets.first { place == nil ? !$0.isHidden : $0.place == place }
        guard let chosen = visible ?? index.sheets.first, let part = archive.part(chosen.part)
        else { throw Refusal.damagedWorkbook }
        let styles = WorkbookStyles()
        if let part = index.styles.flatMap(archive.part) {
            try XMLReader.read(part, of: archive, styles)
        }
        let texts = SharedTexts()
        if let part = index.texts.flatMap(archive.part) {
            try XMLReader.read(part, of: archive, texts)
        }
        let reader = SheetReader(
            texts: texts.texts, styles: styles,
            calendar: SerialCalendar(countsFrom1904: index.countsFrom1904), rowLimit: rowLimit)
        try XMLReader.read(part, of: archive, reader)
        try reader.markMerged()
        return Sheet(
            name: chosen.name, rows: reader.rows, note: note(chosen, index), stray: reader.stray)
    }

    private static func note(_ sheet: WorkbookIndex.Sheet, _ index: WorkbookIndex) -> Wording? {
        if sheet.isHidden {
            return Wording(
                zh: "所有工作表都已隐藏，读取的是第\(sheet.place)张“\(sheet.name)”。",
                en: "All sheets are hidden; the one read is number \(sheet.place), “\(sheet.name)”."
            )
        }
        guard sheet.place > 1 else { return nil }
        return Wording(
            zh: "读取的是第\(sheet.place)张工作表“\(sheet.name)”；它前面的表已隐藏，或不是数据表。",
            en:
                "The sheet that was read is number \(sheet.place), “\(sheet.name)”: those before "
                + "it are hidden or hold no cells.")
    }
}
