// The form that begins a session.
import { html } from "./vendor/lit-html.js";
import { words } from "./words/en.js";

// `failure` is a sentence, or ""; `submit(user, password)` is called with what was typed.
export function loginForm(failure, submit) {
  const onSubmit = (event) => {
    event.preventDefault();
    const typed = new FormData(event.target);
    submit(typed.get("user"), typed.get("password"));
  };
  return html`<main class="login">
    <h1>${words.product}</h1>
    <form method="post" @submit=${onSubmit}>
      <label>${words.user} <input name="user" autocomplete="username" autocapitalize="none" required autofocus></label>
      <label>${words.password}
        <input name="password" type="password" autocomplete="current-password" required></label>
      <p role="alert">${failure}</p>
      <button>${words.logIn}</button>
    </form>
  </main>`;
}
