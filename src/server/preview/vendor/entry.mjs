// What `editor.js` is made of: the parts of CodeMirror and of `yaml` that the pages use, under `globalThis.jobpackEditor`.
export { EditorState } from '@codemirror/state'
export {
  EditorView, keymap, lineNumbers, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, drawSelection,
} from '@codemirror/view'
export { defaultKeymap, history, historyKeymap, redo, undo } from '@codemirror/commands'
export { HighlightStyle, syntaxHighlighting, indentUnit, bracketMatching } from '@codemirror/language'
export { yaml as yamlLanguage } from '@codemirror/lang-yaml'
export { lintGutter, setDiagnostics, lintKeymap } from '@codemirror/lint'
export { search, searchKeymap } from '@codemirror/search'
export { tags } from '@lezer/highlight'
export { Document, Scalar, isAlias, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml'
