/** The form that was posted. @throws Response 400 for a body that is none, which is no fault of the server */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new Response("That is no form.", { status: 400 });
  }
}
