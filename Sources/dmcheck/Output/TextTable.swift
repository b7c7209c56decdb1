/// A table for people: a header, then rows, each column as wide as its widest cell so far.
package struct TextTable: Sendable {
    private let header: [String]
    private var widths: [Int]
    private var headerIsWritten = false

    package init(_ header: String...) {
        self.header = header
        widths = header.map(\.count)
    }

    /// The lines of some rows; the first time the header comes first. A long table is written in several parts, so
    /// that only one of them is in memory.
    package mutating func lines(_ rows: [[String]]) -> [String] {
        for row in rows {
            for (column, cell) in row.enumerated() where column < widths.count {
                widths[column] = max(widths[column], cell.count)
            }
        }
        var lines = headerIsWritten ? [] : [line(header)]
        headerIsWritten = true
        lines += rows.map(line)
        return lines
    }

    private func line(_ cells: [String]) -> String {
        let padded = cells.enumerated().map { column, cell in
            cell + String(repeating: " ", count: max(0, (column < widths.count ? widths[column] : 0) - cell.count))
        }
        var line = padded.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line
    }

    /// A list of names and values, the values in one column.
    package static func facts(_ facts: [(name: String, value: String)]) -> String {
        let width = facts.map(\.name.count).max() ?? 0
        return facts.map { name, value in
            value.isEmpty ? name : name + String(repeating: " ", count: width - name.count + 2) + value
        }.joined(separator: "\n")
    }
}
