// Whoever comes with the link has the token behind the "#", where no server, log or referrer sees it.
"use strict";

(() => {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  // Nor does it stay in the address.
  history.replaceState(null, "", location.pathname);
  const form = document.getElementById("enter");
  form.elements.token.value = token;
  form.submit();
})();
